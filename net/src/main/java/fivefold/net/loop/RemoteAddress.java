package fivefold.net.loop;

import fivefold.sys.SocketAddresses;
import java.net.SocketAddress;

/** A peer's address in little room, until somebody asks for it: most servers never do. */
public interface RemoteAddress {

  SocketAddress address();

  /** One that is there already. */
  static RemoteAddress of(SocketAddress address) {
    return new Known(address);
  }

  /** Which java.net would spread over four objects of 80 bytes. */
  record Inet4(long packed) implements RemoteAddress {
    @Override
    public SocketAddress address() {
      return SocketAddresses.unpackInet4(packed);
    }
  }

  record Known(SocketAddress address) implements RemoteAddress {}
}
