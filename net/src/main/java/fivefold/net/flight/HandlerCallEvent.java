package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A call of a handler that took longer than the threshold. */
@Name("fivefold.HandlerCall")
@Label("Handler call")
@Description("A call of a handler that took longer than the threshold.")
@Category("Fivefold")
@StackTrace(false)
@Threshold("10 ms")
final class HandlerCallEvent extends Event {
  @Label("Call")
  @Nullable String call;

  @Label("Connection")
  long connection;

  @Label("Peer")
  @Nullable String peer;
}
