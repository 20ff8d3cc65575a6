package fivefold.net.blocking;

import fivefold.net.Connection;
import fivefold.net.ServerStats;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.loop.StreamServing;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;

/**
 * The blocking driver for connections that were accepted elsewhere, one at a time on the calling
 * thread.
 *
 * <pre>{@code
 * try (var adopted = new Adopted(options, handlers, 0)) {
 *   adopted.serve((SocketChannel) System.inheritedChannel(), peer);
 * }
 * }</pre>
 *
 * <p>One thread calls {@link #serve}; any may call the others.
 */
public final class Adopted implements AutoCloseable {
  private final BlockingEngine engine;

  /**
   * Ready to serve.
   *
   * @param idsBefore the number below that of the first connection
   */
  public Adopted(
      StreamOptions options, Supplier<? extends StreamHandler> handlers, long idsBefore) {
    engine =
        new BlockingEngine(new StreamServing(options, handlers, idsBefore), Workers.platform());
    engine.watchDeadlines();
  }

  /** Serves a connection until its end. */
  public void serve(SocketChannel connection, SocketAddress peer) {
    engine.serveHere(connection, peer);
  }

  /** Asks the connection to handle what has already arrived, to send what waits, and to close. */
  public void drain() {
    engine.drain();
  }

  public ServerStats stats() {
    return engine.stats();
  }

  /** Bytes that wait to be sent. */
  public long waitingBytes() {
    return engine.connections().stream().mapToLong(Connection::outboxBytes).sum();
  }

  @Override
  public void close() {
    engine.terminate();
  }
}
