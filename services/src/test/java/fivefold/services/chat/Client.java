package fivefold.services.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import fivefold.net.Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;

/** A bare client. A read that gets nothing in time fails. */
final class Client implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final BufferedReader in;

  Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  static Client of(Server server) throws IOException {
    return new Client(server.port());
  }

  /** One that a test may rely on being in: it has been answered. */
  static Client present(Server server) throws IOException {
    Client client = of(server);
    client.sendLine("/who").awaitLine("* #");
    return client;
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  Client send(String text) throws IOException {
    return send(text.getBytes(UTF_8));
  }

  Client send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  Client sendLine(String line) throws IOException {
    return send(line + "\n");
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

  /** All up to the server's end. */
  String rest() throws IOException {
    StringBuilder rest = new StringBuilder();
    for (int c; (c = in.read()) >= 0; ) {
      rest.append((char) c);
    }
    return rest.toString();
  }

  Client halfClose() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
