package fivefold.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * A server to call.
 *
 * @param host a name or an address, without brackets
 */
public record HostPort(String host, int port) implements ServerAddress {
  private static final int PORT_LIMIT = 65_535;

  /** Reads {@code HOST:PORT} or {@code [IPv6]:PORT}. */
  public static HostPort parse(String text) {
    if (text.contains("://")) {
      throw wrong(text, "is a URL");
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw wrong(text, "has no port");
    }
    String host = text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.isEmpty()) {
      throw wrong(text, "has no host");
    }
    if (host.indexOf(':') >= 0 && !bracketed) {
      throw wrong(text, "is an IPv6 address without brackets");
    }
    return new HostPort(
        bracketed ? host.substring(1, host.length() - 1) : host,
        port(text, text.substring(colon + 1)));
  }

  private static int port(String text, String digits) {
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > PORT_LIMIT) {
      throw wrong(text, "has '" + digits + "' for a port, and ports are 1 to " + PORT_LIMIT);
    }
    int port = Integer.parseInt(digits);
    if (port == 0) {
      throw wrong(text, "has port 0, on which nothing can listen");
    }
    return port;
  }

  private static UsageException wrong(String text, String what) {
    return new UsageException(
        "'" + text + "' " + what + "; expected HOST:PORT, such as localhost:8001 or [::1]:8001");
  }

  /** All addresses of the host, in the order in which to try them. */
  public List<InetSocketAddress> resolve() throws IOException {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .map(address -> new InetSocketAddress(address, port))
          .toList();
    } catch (UnknownHostException e) {
      throw new FailureException("host '" + host + "' is not known; check the name", e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
