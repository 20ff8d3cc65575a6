package fivefold.cli.connect;

import fivefold.cli.FailureException;
import fivefold.cli.HostPort;
import fivefold.cli.ServerAddress;
import fivefold.cli.UnixPath;
import fivefold.cli.UsageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
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

  /** Connects by TCP or to a Unix socket. */
  public static Socket connect(ServerAddress server, Duration timeout) throws IOException {
    return switch (server) {
      case HostPort host -> connect(host, timeout);
      case UnixPath unix -> connect(unix);
    };
  }

  private static Socket connect(UnixPath server) {
    try {
      return new UnixSocket(UnixDomainSocketAddress.of(server.path()));
    } catch (IOException e) {
      throw new FailureException("cannot connect to " + server + ": " + explainUnix(e), e);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private static String explainUnix(IOException error) {
    String message = String.valueOf(error.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("refused")) {
      return "nobody listens on it any more; start a server there";
    }
    if (lower.contains("no such file")) {
      return "there is no such file; start a server there, or check the path";
    }
    if (lower.contains("permission denied")) {
      return "not permitted; its owner alone may connect unless told otherwise by --unix-mode";
    }
    return message;
  }

  /** Connects to the first address of the host that answers. */
  private static Socket connect(HostPort server, Duration timeout) throws IOException {
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
