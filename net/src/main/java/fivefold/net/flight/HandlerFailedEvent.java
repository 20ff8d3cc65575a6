package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A handler threw. */
@Name("fivefold.HandlerFailed")
@Label("Handler failed")
@Description("A handler threw.")
@Category("Fivefold")
@StackTrace(false)
final class HandlerFailedEvent extends Event {
  @Label("Peer")
  @Nullable String peer;

  @Label("Error")
  @Nullable String error;
}
