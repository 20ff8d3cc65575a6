package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A connection has ended, and why. */
@Name("fivefold.ConnectionClosed")
@Label("Connection closed")
@Description("A connection has ended, and why.")
@Category("Fivefold")
@StackTrace(false)
final class ConnectionClosedEvent extends Event {
  @Label("Connection")
  long connection;

  @Label("Peer")
  @Nullable String peer;

  @Label("Reason")
  @Nullable String reason;

  @Label("Detail")
  @Nullable String detail;
}
