package fivefold.cli.console;

import fivefold.cli.AddressText;
import fivefold.net.Connection;
import java.io.PrintWriter;
import java.util.List;

/** The open connections, one a line. */
final class ConnectionsView {
  private static final int LIMIT_LINES = 100;

  private ConnectionsView() {}

  static void print(List<Connection> connections, PrintWriter out) {
    for (Connection each : connections.subList(0, Math.min(LIMIT_LINES, connections.size()))) {
      long waiting = each.outboxBytes();
      out.println(
          "#"
              + each.id()
              + " "
              + AddressText.of(each.remoteAddress())
              + (waiting > 0 ? "  " + waiting + " bytes wait for it" : ""));
    }
    if (connections.size() > LIMIT_LINES) {
      out.println("... and " + (connections.size() - LIMIT_LINES) + " more");
    }
    out.println("connections: " + connections.size());
  }
}
