package fivefold.services.chat;

import fivefold.net.Connection;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** What a connection is called whose member has no nickname: {@code 127.0.0.1:51234}. */
final class PeerName {
  private PeerName() {}

  static String of(Connection connection) {
    if (connection.remoteAddress() instanceof InetSocketAddress inet) {
      String host = inet.getAddress().getHostAddress();
      boolean six = inet.getAddress() instanceof Inet6Address;
      return (six ? "[" + host + "]" : host) + ":" + inet.getPort();
    }
    return "unix:" + connection.id();
  }
}
