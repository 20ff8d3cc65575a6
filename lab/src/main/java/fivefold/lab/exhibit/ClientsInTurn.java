package fivefold.lab.exhibit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Clients that come one after the other, and stay: each must have had its answer before the next.
 */
final class ClientsInTurn implements AutoCloseable {
  private static final int LOOK_MILLIS = 200;
  private static final int LOOKS_LIMIT = 100;
  private static final long LAST_WORDS_NANOS = 1_000_000_000;

  private final LimitedServer server;
  private final List<Socket> sockets = new ArrayList<>();

  ClientsInTurn(LimitedServer server) {
    this.server = server;
  }

  /** Connects so many, or fewer when the server takes no more; how many had their answer. */
  int connect(int most) {
    int held = 0;
    try {
      while (held < most && isServed(held)) {
        held++;
      }
    } catch (IOException refused) {
      // Its side was closed; why, the server says, or its end does.
      Feeder.rest(server.limit() == null ? LAST_WORDS_NANOS : 0);
    }
    return held;
  }

  private boolean isServed(int number) throws IOException {
    byte[] question = ("connection " + number).getBytes(StandardCharsets.US_ASCII);
    InetSocketAddress address = server.address();
    Socket socket = new Socket(address.getAddress(), address.getPort());
    sockets.add(socket);
    socket.setTcpNoDelay(true);
    socket.setSoLinger(true, 0); // or thousands of ports would be kept for a minute, tcp(7)
    socket.setSoTimeout(LOOK_MILLIS);
    socket.getOutputStream().write(question);
    byte[] answer = new byte[question.length];
    for (int read = 0, looks = 0; read < answer.length; ) {
      try {
        int count = socket.getInputStream().read(answer, read, answer.length - read);
        if (count < 0) {
          throw new IOException("closed");
        }
        read += count;
      } catch (java.net.SocketTimeoutException silent) {
        // The kernel has connected it, and it waits to be accepted.
        if (server.limit() != null || ++looks == LOOKS_LIMIT) {
          return false;
        }
      }
    }
    String expected = "connection " + number;
    return Arrays.equals(
        answer, expected.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    Clients.close(sockets);
  }
}
