package fivefold.cli.chat;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import fivefold.net.client.Client;
import fivefold.net.framing.Framing;
import fivefold.net.framing.LineHandler;
import fivefold.net.loop.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The connection to the server, made again when it was lost. All on the loop's thread. */
final class Link {
  /** Longer than any line of the chat's, which has at most 4096 bytes and a name. */
  private static final int LIMIT_LINE_BYTES = 64 * 1024;

  private static final long[] PAUSES_SECONDS = {1, 2, 4, 8, 15, 30};

  /** Hears what becomes of it. */
  interface Listener {
    /** Lines can be sent. */
    void up(boolean again);

    void line(String line);

    /** The outbox, which was full, has room. */
    default void writable() {}

    /** It has ended, or was not to be had. */
    void down(String why);
  }

  private final EventLoop loop;
  private final Client client;
  private final Listener listener;
  private @Nullable Connection connection;
  private boolean trying;
  private boolean wasUp;
  private int failures;

  Link(EventLoop loop, Client client, Listener listener) {
    this.loop = loop;
    this.client = client.listener(new Closes());
    this.listener = listener;
  }

  /** Begins to connect. */
  void open() {
    trying = true;
    CompletableFuture<Connection> _ =
        client
            .connect(handler())
            .whenComplete((opened, error) -> {
              if (error != null) {
                loop.execute(() -> down(String.valueOf(error.getMessage())));
              }
            });
  }

  private StreamHandler handler() {
    return Framing.lines(LIMIT_LINE_BYTES, new Lines());
  }

  private void down(String why) {
    if (trying) {
      trying = false;
      connection = null;
      listener.down(why);
    }
  }

  /** Connects again, each time after a longer pause; says in how many seconds. */
  long openLater() {
    long seconds = PAUSES_SECONDS[Math.min(failures++, PAUSES_SECONDS.length - 1)];
    loop.schedule(TimeUnit.SECONDS.toNanos(seconds), this::open);
    return seconds;
  }

  /** Whether there has ever been a connection. */
  boolean wasUp() {
    return wasUp;
  }

  /** Sends a line; false when there is no connection, or it does not take more. */
  boolean send(String line) {
    Connection now = connection;
    return now != null && now.sendLine(line);
  }

  boolean isUp() {
    return connection != null;
  }

  /** Whether more should be sent now. */
  boolean isWritable() {
    Connection now = connection;
    return now != null && now.isWritable();
  }

  void pauseReading(boolean pause) {
    Connection now = connection;
    if (now != null && pause) {
      now.pauseReading();
    } else if (now != null) {
      now.resumeReading();
    }
  }

  /** No more will be sent; the server still says what it has to, and closes. */
  void end() {
    Connection now = connection;
    if (now != null) {
      now.shutdownOutput();
    }
  }

  private final class Lines implements LineHandler {
    @Override
    public void onOpen(Connection opened) {
      boolean again = wasUp;
      connection = opened;
      wasUp = true;
      failures = 0;
      listener.up(again);
    }

    @Override
    public void onLine(Connection from, String line) {
      listener.line(line);
    }

    @Override
    public void onWritable(Connection from) {
      listener.writable();
    }
  }

  /** The end of the connection itself: what TLS fails at is no news for the handler in it. */
  private final class Closes implements ServerListener {
    @Override
    public void closed(Connection gone, CloseReason reason) {
      down(reason.detail());
    }
  }
}
