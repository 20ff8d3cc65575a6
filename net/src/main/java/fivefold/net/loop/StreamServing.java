package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What all connections of one stream server share, on every model: its options, its handlers, who
 * hears of events, and the counts of events that are rare enough for an atomic.
 */
public final class StreamServing {
  private final StreamOptions options;
  private final Supplier<? extends StreamHandler> handlers;
  private final AtomicLong ids;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong acceptPauses = new AtomicLong();
  private final AtomicLong handlerErrors = new AtomicLong();

  public StreamServing(StreamOptions options, Supplier<? extends StreamHandler> handlers) {
    this(options, handlers, 0);
  }

  /**
   * One of several processes of a server.
   *
   * @param idsBefore the number below that of its first connection
   */
  public StreamServing(
      StreamOptions options, Supplier<? extends StreamHandler> handlers, long idsBefore) {
    this.ids = new AtomicLong(idsBefore);
    this.options = options;
    this.handlers = handlers;
  }

  public StreamOptions options() {
    return options;
  }

  public ServerListener listener() {
    return options.listener();
  }

  public StreamHandler newHandler() {
    return Objects.requireNonNull(handlers.get(), "the supplier of handlers returned null");
  }

  public long nextId() {
    return ids.incrementAndGet();
  }

  /** Counts one more connection, unless the limit is reached. */
  public boolean tryOpen() {
    if (open.incrementAndGet() <= options.connectionLimit()) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  public void opened(Connection connection) {
    listener().opened(connection);
  }

  public void closed(Connection connection, CloseReason reason) {
    open.decrementAndGet();
    listener().closed(connection, reason);
  }

  /** A connection that was counted as open never became one. */
  public void cancelOpen() {
    open.decrementAndGet();
  }

  public void refused(SocketAddress peer, String why) {
    refused.incrementAndGet();
    listener().refused(peer, why);
  }

  /** One too many was accepted, and closed. */
  public void refusedForLimit(RemoteAddress peer) {
    refused(peer.address(), "the limit of " + options.connectionLimit() + " connections");
  }

  public void acceptPaused(String why) {
    acceptPauses.incrementAndGet();
    listener().acceptPaused(why);
  }

  public void handlerFailed(SocketAddress peer, Throwable error) {
    handlerErrors.incrementAndGet();
    listener().handlerFailed(peer, error);
  }

  public int openCount() {
    return open.get();
  }

  public long acceptedCount() {
    return ids.get();
  }

  public long refusedCount() {
    return refused.get();
  }

  public long acceptPauseCount() {
    return acceptPauses.get();
  }

  public long handlerErrorCount() {
    return handlerErrors.get();
  }
}
