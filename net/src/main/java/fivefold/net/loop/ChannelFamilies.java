package fivefold.net.loop;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;

/** The protocol family that an address needs; by default java.nio would open IPv6 for IPv4 too. */
public final class ChannelFamilies {
  private ChannelFamilies() {}

  /** The family of this address. */
  public static ProtocolFamily of(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress) {
      return StandardProtocolFamily.UNIX;
    }
    return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }
}
