package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Descriptors or memory ran out. */
@Name("fivefold.AcceptPaused")
@Label("Accepting paused")
@Description("Descriptors or memory ran out.")
@Category("Fivefold")
@StackTrace(false)
final class AcceptPausedEvent extends Event {
  @Label("Why")
  @Nullable String why;
}
