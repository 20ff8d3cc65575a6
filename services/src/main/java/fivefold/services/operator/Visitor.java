package fivefold.services.operator;

import fivefold.net.Connection;
import java.net.InetSocketAddress;

/** A client at the desk. */
record Visitor(int number, Connection connection) {

  /** {@code #3 127.0.0.1:51234}. */
  String name() {
    return "#"
        + number
        + (connection.remoteAddress() instanceof InetSocketAddress inet
            ? " " + inet.getAddress().getHostAddress() + ":" + inet.getPort()
            : "");
  }
}
