package fivefold.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A running server.
 *
 * <pre>{@code
 * try (var server = Server.tcp(7007, () -> Connection::send).model(IoModel.EPOLL).start()) {
 *   server.awaitClose();
 * }
 * }</pre>
 *
 * <p>Stopping has phases, with the same meaning on every model: stop accepting; drain (handle what
 * has arrived, send what waits); at the deadline abort; report what was left. With nothing to drain
 * it takes no time. Thread-safe.
 */
public interface Server extends AutoCloseable {

  /** How long {@link #close} lets connections drain. */
  Duration DEFAULT_DRAIN = Duration.ofSeconds(5);

  /**
   * A TCP server on the loopback address.
   *
   * @param port 0 lets the system choose; see {@link Server#port}
   * @param handlers makes a handler for each connection
   */
  static StreamServerBuilder tcp(int port, Supplier<? extends StreamHandler> handlers) {
    return new StreamServerBuilder(port, handlers);
  }

  /**
   * A server on a Unix socket, for processes of this machine. Its file is made for its owner alone
   * ({@link StreamServerBuilder#permissions}), takes the place of one that a dead server left, and
   * goes when the server stops.
   *
   * <pre>{@code
   * Server.unix(Path.of("/run/app/echo.sock"), () -> Connection::send).start();
   * }</pre>
   */
  static StreamServerBuilder unix(Path path, Supplier<? extends StreamHandler> handlers) {
    return new StreamServerBuilder(UnixBind.of(path), handlers);
  }

  /**
   * The same by a text: a path, or {@code @NAME} for an abstract name of Linux, which has no file.
   */
  static StreamServerBuilder unix(String address, Supplier<? extends StreamHandler> handlers) {
    return new StreamServerBuilder(UnixBind.of(address), handlers);
  }

  /** A UDP server on the loopback address. */
  static DatagramServerBuilder udp(int port, DatagramHandler handler) {
    return new DatagramServerBuilder(port, handler);
  }

  /** The model that was named, which is the one that runs. */
  IoModel model();

  /** The address that was bound. */
  SocketAddress address();

  /**
   * The port that was bound.
   *
   * @throws IllegalStateException on a Unix socket, which has none
   */
  default int port() {
    if (address() instanceof InetSocketAddress inet) {
      return inet.getPort();
    }
    throw new IllegalStateException("the Unix socket " + address() + " has no port");
  }

  /** Counts of this moment, read while the server runs. */
  ServerStats stats();

  /**
   * Where the time of each loop went; empty on a model without loops. A loop that does not keep
   * these times anyway begins when it is asked for the first time.
   */
  List<LoopStats> loops();

  /** The connections of this moment; empty for UDP. */
  List<Connection> connections();

  /** What the model's poller watches at this moment; empty for a model without a poller. */
  List<Watched> watched();

  /**
   * Stops in phases and waits for the end. A second call returns the first one's report.
   *
   * @param drain how long connections may take to finish; zero aborts them at once
   * @throws IllegalStateException on a thread that runs this server's handlers, which would wait
   *     for itself; stop it from another thread then
   */
  StopReport stop(Duration drain);

  /** {@link #stop} with {@link #DEFAULT_DRAIN}. */
  @Override
  void close();

  /** Waits until the server has been stopped by someone. */
  void awaitClose() throws InterruptedException;
}
