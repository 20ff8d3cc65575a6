package fivefold.net.client;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.loop.Connector;
import fivefold.net.loop.Connector.Attempt;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Timer;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers (RFC 8305, section 5). All of it happens
 * on the connector's loop, but for the calls that begin it.
 */
final class Race {
  /** RFC 8305's recommended Connection Attempt Delay. */
  private static final long ATTEMPT_DELAY_NANOS = 250_000_000;

  private final Connector connector;
  private final Function<SocketAddress, StreamOptions> options;
  private final SocketOptions socketOptions;
  private final StreamHandler handler;
  private final CompletableFuture<Connection> opened;
  private final Object target;

  private final List<Attempt> running = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private @Nullable Iterator<SocketAddress> addresses;
  private @Nullable Timer next;
  private @Nullable Timer limit;
  private boolean over;

  Race(
      Connector connector,
      Function<SocketAddress, StreamOptions> options,
      SocketOptions socketOptions,
      StreamHandler handler,
      CompletableFuture<Connection> opened,
      Object target) {
    this.connector = connector;
    this.options = options;
    this.socketOptions = socketOptions;
    this.handler = handler;
    this.opened = opened;
    this.target = target;
  }

  /** Gives up after so long. Before anything else. */
  void limit(Duration timeout) {
    connector
        .strand()
        .execute(() ->
            limit =
                connector
                    .strand()
                    .schedule(
                        TimeUnit.NANOSECONDS.convert(timeout),
                        () -> end(new IOException(timedOut(timeout)))));
    CompletableFuture<Connection> _ =
        opened.whenComplete((connection, error) -> {
          if (opened.isCancelled()) {
            connector.strand().execute(() -> end(new IOException("cancelled")));
          }
        });
  }

  private String timedOut(Duration timeout) {
    return "no connection to "
        + target
        + " within "
        + timeout.toMillis()
        + " ms"
        + (failures.isEmpty() ? "" : " (" + String.join("; ", failures) + ")");
  }

  /** Any thread. */
  void run(List<SocketAddress> inOrder) {
    connector
        .strand()
        .execute(() -> {
          addresses = inOrder.iterator();
          tryNext();
        });
  }

  /** Any thread. */
  void fail(IOException why) {
    connector.strand().execute(() -> end(why));
  }

  private void tryNext() {
    if (next != null) {
      connector.strand().cancel(next);
      next = null;
    }
    while (!over && addresses != null && addresses.hasNext()) {
      SocketAddress address = addresses.next();
      try {
        running.add(connector.attempt(address, socketOptions, new Attempted(address)));
        next = connector.strand().schedule(ATTEMPT_DELAY_NANOS, this::tryNext);
        return;
      } catch (IOException | RuntimeException e) {
        failures.add("cannot connect to " + address + ": " + e.getMessage());
      }
    }
    if (!over && running.isEmpty()) {
      end(new IOException(String.join("; ", failures)));
    }
  }

  private final class Attempted implements Connector.Outcome {
    private final SocketAddress address;

    Attempted(SocketAddress address) {
      this.address = address;
    }

    @Override
    public void connected(Attempt attempt) {
      running.remove(attempt);
      if (over) {
        attempt.cancel();
        return;
      }
      end(null);
      attempt.serve(options.apply(address), () -> new Opening(handler, opened));
    }

    @Override
    public void failed(IOException why) {
      failures.add(String.valueOf(why.getMessage()));
      // An attempt that is over is in nobody's way.
      running.removeIf(each -> !each.wantsWrite());
      tryNext();
    }
  }

  private void end(@Nullable IOException why) {
    if (over) {
      return;
    }
    over = true;
    for (Timer timer : new @Nullable Timer[] {next, limit}) {
      if (timer != null) {
        connector.strand().cancel(timer);
      }
    }
    running.forEach(Attempt::cancel);
    running.clear();
    if (why != null) {
      opened.completeExceptionally(why);
    }
  }

  /** Tells when the connection is there. */
  private record Opening(StreamHandler handler, CompletableFuture<Connection> opened)
      implements StreamHandler {
    @Override
    public void onOpen(Connection connection) throws Exception {
      handler.onOpen(connection);
      if (!opened.complete(connection)) {
        // Cancelled at the last moment.
        connection.abort();
      }
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) throws Exception {
      handler.onReceive(connection, data);
    }

    @Override
    public void onEnd(Connection connection) throws Exception {
      handler.onEnd(connection);
    }

    @Override
    public void onWritable(Connection connection) throws Exception {
      handler.onWritable(connection);
    }

    @Override
    public void onClose(Connection connection, CloseReason reason) throws Exception {
      // When onOpen has thrown: nobody waits for ever.
      opened.completeExceptionally(new IOException("closed: " + reason.detail()));
      handler.onClose(connection, reason);
    }
  }
}
