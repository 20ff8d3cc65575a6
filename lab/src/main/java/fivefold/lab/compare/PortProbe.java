package fivefold.lab.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks whether somebody listens on a port of this machine, by connecting and closing again. */
final class PortProbe {
  private static final int TIMEOUT_MILLIS = 1000;

  private PortProbe() {}

  static boolean isOpen(int port) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      // TCP's simultaneous open: a port of the ephemeral range may be chosen as the local one, too.
      return socket.getLocalPort() != port;
    } catch (IOException nobody) {
      return false;
    }
  }
}
