package fivefold.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/** A bare client. A read that gets nothing in time fails. */
final class Client implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 40_000;

  private final Socket socket;
  private final BufferedReader in;

  Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /** One that is in for sure: it has been answered. */
  static Client present(int port) throws IOException {
    Client client = new Client(port);
    client.sendLine("/who").awaitLine("* #");
    return client;
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  Client sendLine(String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
    return this;
  }

  /** The next line; null at the end. */
  String line() throws IOException {
    return in.readLine();
  }

  /** The first line that begins so; those before are passed over. */
  String awaitLine(String beginning) throws IOException {
    for (String line; (line = in.readLine()) != null; ) {
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new AssertionError("the server ended without a line that begins '" + beginning + "'");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
