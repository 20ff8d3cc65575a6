package fivefold.net.client;

import fivefold.net.style.Conversation;
import fivefold.net.style.DeadlineException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Connections to one server that are used again, for protocols of requests and responses.
 *
 * <pre>{@code
 * try (var pool = new ConnectionPool(Client.to("localhost", 7008).idleTimeout(MINUTE), 16)) {
 *   String answer = pool.call(server -> {
 *     server.writeLine("question");
 *     return server.readLine();
 *   });
 * }
 * }</pre>
 *
 * <p>At most so many calls run at once; others wait, the longest first. A connection goes back when
 * its call returns, unless it was closed, or bytes came that nobody has read; when the call throws
 * it is closed, for nobody knows what is still to come on it. The one used last is used next, so
 * that those that are not needed reach the client's {@linkplain Client#idleTimeout idle timeout}.
 *
 * <p>A server may close a connection at the very moment it is used again. Then the call throws;
 * whether the request may be repeated, only its maker knows.
 *
 * <p>Thread-safe; may be used by any thread, also inside a conversation.
 */
public final class ConnectionPool implements AutoCloseable {
  private final Client client;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<Conversation> idle = new ConcurrentLinkedDeque<>();
  private volatile Duration waitLimit = Duration.ofSeconds(10);
  private volatile Predicate<? super Conversation> usable = conversation -> true;
  private volatile boolean closed;

  /**
   * An empty pool.
   *
   * @param limit connections at most
   */
  public ConnectionPool(Client client, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a pool of " + limit + " connections; expected 1 or more");
    }
    this.client = Objects.requireNonNull(client);
    this.places = new Semaphore(limit, true);
  }

  /** How long a call may wait for a connection of others; 10 seconds. */
  public ConnectionPool waitLimit(Duration limit) {
    waitLimit = limit;
    return this;
  }

  /** Asked before a connection is used again, besides that it is open and has nothing unread. */
  public ConnectionPool usable(Predicate<? super Conversation> test) {
    usable = test;
    return this;
  }

  /**
   * What is done with a connection.
   *
   * @param <T> its result
   */
  public interface Exchange<T extends @Nullable Object> {
    T with(Conversation server) throws Exception;
  }

  /**
   * Does this with a connection: one that is there, or a new one.
   *
   * @throws DeadlineException when none became free within the {@link #waitLimit}
   * @throws IOException when a new one cannot be made
   * @throws Exception what the exchange has thrown
   */
  public <T extends @Nullable Object> T call(Exchange<T> exchange) throws Exception {
    acquire();
    try {
      Conversation server = take();
      boolean done = false;
      try {
        T result = exchange.with(server);
        done = true;
        return result;
      } finally {
        giveBack(server, done);
      }
    } finally {
      places.release();
    }
  }

  private void acquire() throws IOException {
    if (closed) {
      throw new IOException("the pool is closed");
    }
    try {
      if (!places.tryAcquire(waitLimit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new DeadlineException(
            "no connection to " + client + " became free within " + waitLimit.toMillis() + " ms");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted while waiting for a connection to " + client);
    }
  }

  private Conversation take() throws IOException {
    for (Conversation each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
      if (isQuiet(each) && usable.test(each)) {
        return each;
      }
      each.connection().abort();
    }
    return client.connect();
  }

  private static boolean isQuiet(Conversation conversation) {
    return conversation.isOpen() && !conversation.hasInput();
  }

  private void giveBack(Conversation server, boolean done) throws IOException {
    if (!done) {
      server.connection().abort();
      return;
    }
    server.flush();
    if (isQuiet(server)) {
      idle.addFirst(server);
    } else {
      server.connection().close();
    }
    if (closed) {
      closeIdle();
    }
  }

  /** Connections that wait to be used again, some of which may have closed meanwhile. */
  public int idleCount() {
    return idle.size();
  }

  /** Closes what is idle now, and each of the others when its call is over. */
  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (Conversation each = idle.pollFirst(); each != null; each = idle.pollFirst()) {
      each.connection().close();
    }
  }
}
