package fivefold.net.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A connection was accepted. */
@Name("fivefold.ConnectionOpened")
@Label("Connection opened")
@Description("A connection was accepted.")
@Category("Fivefold")
@StackTrace(false)
final class ConnectionOpenedEvent extends Event {
  @Label("Connection")
  long connection;

  @Label("Peer")
  @Nullable String peer;
}
