package fivefold.lab.load;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * From where connections come. To one port, an address has as many as there are ephemeral ports:
 * 28,232 as Linux is set, ip(7) ip_local_port_range. All of 127.0.0.0/8 is this machine, so on
 * loopback others follow when one is used up; to another machine there is only what it has.
 */
final class SourceAddresses {
  static final int PER_ADDRESS = 25_000;

  private static final int ADDRESSES = 200;

  private SourceAddresses() {}

  /**
   * Where a connection comes from.
   *
   * @param number of connections before it
   * @return null where the system chooses
   */
  static @Nullable SocketAddress of(SocketAddress target, int number) {
    int index = number / PER_ADDRESS % ADDRESSES;
    return index > 0
            && target instanceof InetSocketAddress inet
            && inet.getAddress() instanceof Inet4Address address
            && address.isLoopbackAddress()
        ? new InetSocketAddress(loopback(1 + index), 0)
        : null;
  }

  private static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }
}
