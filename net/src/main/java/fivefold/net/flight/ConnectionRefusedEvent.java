package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A connection was closed unheard, because of a limit. */
@Name("fivefold.ConnectionRefused")
@Label("Connection refused")
@Description("A connection was closed unheard, because of a limit.")
@Category("Fivefold")
@StackTrace(false)
final class ConnectionRefusedEvent extends Event {
  @Label("Peer")
  @Nullable String peer;

  @Label("Why")
  @Nullable String why;
}
