package fivefold.cli.connect;

import fivefold.cli.FailureException;
import fivefold.cli.HostPort;
import fivefold.cli.UsageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;

/** Opens sockets to a server, with one wording for what can go wrong. */
public final class Calls {
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);

  private Calls() {}

  /** Java's sockets take a timeout as positive milliseconds in an int. */
  public static void requireTimeout(Duration timeout) {
    if (!timeout.isPositive() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw new UsageException(
          "--timeout is " + timeout.toMillis() + " ms; expected more than zero, at most 24h");
    }
  }

  /** Connects to the first address of the host that answers. */
  public static Socket connect(HostPort server, Duration timeout) throws IOException {
    IOException last = new IOException("it has no address");
    for (InetSocketAddress address : server.resolve()) {
      Socket socket = new Socket();
      try {
        socket.connect(address, (int) timeout.toMillis());
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw new FailureException("cannot connect to " + server + ": " + explain(last), last);
  }

  /** A socket that talks to this server only. */
  public static DatagramSocket open(HostPort server) throws IOException {
    DatagramSocket socket = new DatagramSocket();
    socket.connect(server.resolve().getFirst());
    return socket;
  }

  private static String explain(IOException error) {
    if (error instanceof SocketTimeoutException) {
      return "no answer in time; check the address, or give it more with --timeout";
    }
    String message = String.valueOf(error.getMessage());
    if (error instanceof ConnectException && message.toLowerCase(Locale.ROOT).contains("refused")) {
      return "connection refused; start a server there, or check the port";
    }
    return message;
  }
}
