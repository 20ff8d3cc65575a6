package fivefold.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import fivefold.cli.AddressText;
import fivefold.cli.FailureException;
import fivefold.cli.PlainText;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Each part on every connection, then what each of them got back; then the next part. While one
 * connection waits for its answer the others have sent theirs already: a server that serves one
 * after the other shows here.
 */
public final class PartsExchange {
  private static final int CHUNK_BYTES = 1 << 16;

  private final List<Socket> sockets;
  private final Duration timeout;
  private final PrintStream out;
  private int unanswered;

  /**
   * On these connections.
   *
   * @param timeout how long to wait for the answer to a part
   */
  public PartsExchange(List<Socket> sockets, Duration timeout, PrintStream out) {
    this.sockets = sockets;
    this.timeout = timeout;
    this.out = out;
  }

  /**
   * Sends and shows.
   *
   * @throws FailureException in the end, when parts had no answer
   */
  public void run(List<String> parts) throws IOException {
    for (Socket each : sockets) {
      each.setSoTimeout((int) timeout.toMillis());
    }
    for (String part : parts) {
      for (Socket each : sockets) {
        tell(each, "sends", part);
        each.getOutputStream().write(part.getBytes(UTF_8));
      }
      for (Socket each : sockets) {
        receive(each);
      }
    }
    if (unanswered > 0) {
      throw new FailureException(
          unanswered
              + " of "
              + parts.size() * sockets.size()
              + " parts had no answer in time; give it more with --timeout");
    }
  }

  /** What one read gives is taken for the answer. */
  private void receive(Socket socket) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      int count = socket.getInputStream().read(chunk);
      if (count < 0) {
        throw new FailureException(
            "the server closed " + AddressText.of(socket.getLocalSocketAddress()));
      }
      tell(socket, "receives", new String(chunk, 0, count, UTF_8));
    } catch (SocketTimeoutException e) {
      unanswered++;
      tell(socket, "receives", "");
    }
  }

  private void tell(Socket socket, String verb, String text) {
    String shown = PlainText.of(text.replace("\\", "\\\\").replace("\n", "\\n"));
    out.println(AddressText.of(socket.getLocalSocketAddress()) + " " + verb + " \"" + shown + "\"");
  }
}
