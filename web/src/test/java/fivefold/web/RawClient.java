package fivefold.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import fivefold.net.Server;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** Bytes, and what comes back. A read that gets nothing in time fails. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;

  RawClient(Server server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    return this;
  }

  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return line.isEmpty() ? null : line.toString();
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** The head of a response, with a line feed after each line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    for (String line = line(); line != null && !line.equals("\r"); line = line()) {
      head.append(line.stripTrailing()).append('\n');
    }
    return head.toString();
  }

  String rest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** A frame of the server, which has no mask. */
  static final class Frame {
    private final int first;
    private final byte[] payload;

    Frame(int first, byte[] payload) {
      this.first = first;
      this.payload = payload;
    }

    int opcode() {
      return first & 0x0f;
    }

    boolean isCompressed() {
      return (first & 0x40) != 0;
    }

    byte[] payload() {
      return payload;
    }
  }

  Frame frame() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    return new Frame(first, in.readNBytes(length));
  }

  /** A short text frame, masked with zeros as a client may. */
  RawClient sendFrame(String text) throws IOException {
    byte[] payload = text.getBytes(UTF_8);
    var out = new java.io.DataOutputStream(socket.getOutputStream());
    out.writeByte(0x81);
    out.writeByte(0x80 | payload.length);
    out.writeInt(0);
    out.write(payload);
    out.flush();
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
