package fivefold.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** A UDP socket that is connected to one peer: a line is a datagram. */
public final class DatagramWire implements Wire {
  private final DatagramSocket socket;
  private final byte[] datagram = new byte[65_535];

  public DatagramWire(DatagramSocket socket) {
    this.socket = socket;
  }

  @Override
  public void sendLine(String line) throws IOException {
    byte[] bytes = line.getBytes(UTF_8);
    socket.send(new DatagramPacket(bytes, bytes.length));
  }

  @Override
  public @Nullable String receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(datagram, datagram.length);
    try {
      socket.receive(packet);
    } catch (SocketException e) {
      if (socket.isClosed()) {
        return null;
      }
      throw e;
    }
    return new String(datagram, 0, packet.getLength(), UTF_8);
  }

  /** UDP knows no end: nobody would tell us to stop waiting. */
  @Override
  public void endOutput() {
    socket.close();
  }
}
