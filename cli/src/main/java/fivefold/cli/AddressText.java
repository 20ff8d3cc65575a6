package fivefold.cli;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * An address as one can type it again: {@code 127.0.0.1:8001}, {@code [::1]:8001}, {@code
 * unix:/run/app.sock}.
 */
public final class AddressText {
  /** Two or more groups of zeros; RFC 5952 shortens the longest run, the first of equals. */
  private static final Pattern ZEROS = Pattern.compile("(?:^|(?<=:))0(?::0)+(?=:|$)");

  private AddressText() {}

  public static String of(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix) {
      // A client has no name, as a rule.
      return "unix:" + (unix.toString().isEmpty() ? "-" : unix);
    }
    if (!(address instanceof InetSocketAddress inet)) {
      return address.toString();
    }
    InetAddress host = inet.getAddress();
    if (host == null) {
      return inet.getHostString() + ":" + inet.getPort();
    }
    return host instanceof Inet6Address
        ? "[" + shortened(host.getHostAddress()) + "]:" + inet.getPort()
        : host.getHostAddress() + ":" + inet.getPort();
  }

  private static String shortened(String groups) {
    return ZEROS
        .matcher(groups)
        .results()
        .reduce((one, other) -> length(other) > length(one) ? other : one)
        .map(
            zeros -> side(groups.substring(0, zeros.start())) + side(groups.substring(zeros.end())))
        .orElse(groups);
  }

  private static int length(MatchResult zeros) {
    return zeros.end() - zeros.start();
  }

  /** Each side of the gap keeps its own colon; an empty side gets one. */
  private static String side(String groups) {
    return groups.isEmpty() ? ":" : groups;
  }
}
