package fivefold.web;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From which pages the chat may be used. A browser lets any page open a WebSocket to any server and
 * says only which page it was (RFC 6455, section 10.2).
 *
 * @param others beside the server's own
 */
record Origins(Set<String> others) {
  private static final String LOCALHOST = "localhost";

  /**
   * Whether a page may open a WebSocket.
   *
   * @param origin as the browser has it; null of a client that is no browser
   * @param host the server's own name and port, as the client has it
   */
  boolean admits(@Nullable String origin, String host) {
    return origin == null
        || others.contains(origin)
        || origin.equalsIgnoreCase("http://" + host)
        || origin.equalsIgnoreCase("https://" + host);
  }

  /**
   * Whether a request is meant for this server. On the loopback address it has no name but
   * localhost: under any other one it was reached by a page whose own name was made to point here
   * (DNS rebinding), and for which the origin would seem to be the server's own.
   */
  boolean isOwn(String host, @Nullable SocketAddress local) {
    if (!(local instanceof InetSocketAddress inet) || !inet.getAddress().isLoopbackAddress()) {
      return true;
    }
    String name = name(host);
    return name.equals(LOCALHOST)
        || name.endsWith("." + LOCALHOST)
        || NetUtil.isValidIpV4Address(name)
        || name.startsWith("[")
        || others.stream().anyMatch(origin -> origin.endsWith("://" + host));
  }

  private static String name(String host) {
    int port = host.startsWith("[") ? host.indexOf("]:") : host.indexOf(':');
    return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
  }
}
