package fivefold.web;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client that speaks lines or HTTP: it finds out, and then passes everything on.
 *
 * <p>Who is silent speaks lines after a short time, and hears what is said. Browsers, too, open
 * connections long before they use them: one that then does send a request has left the chat, and
 * is answered.
 */
final class EitherHandler implements StreamHandler {
  private static final byte[] NOTHING = {};

  private final Supplier<StreamHandler> lines;
  private final Supplier<StreamHandler> http;
  private final Duration quietAfter;

  private byte[] kept = NOTHING;
  private long keptNanos;
  private @Nullable StreamHandler chosen;

  /** Chosen by what was said, and not by silence. */
  private boolean settled;

  EitherHandler(Supplier<StreamHandler> lines, Supplier<StreamHandler> http, Duration quietAfter) {
    this.lines = lines;
    this.http = http;
    this.quietAfter = quietAfter;
  }

  @Override
  public void onOpen(Connection connection) {
    awaitQuiet(connection, quietAfter);
  }

  @Override
  public void onReceive(Connection connection, ByteBuffer data) throws Exception {
    if (settled && chosen != null) {
      chosen.onReceive(connection, data);
      return;
    }
    boolean isFirst = kept.length == 0;
    if (!isFirst) {
      keep(data);
    }
    ByteBuffer all = isFirst ? data : ByteBuffer.wrap(kept);
    FirstBytes first = FirstBytes.of(all);
    if (first.isClear()) {
      settle(connection, first, all);
    } else if (isFirst) {
      keep(data);
      if (chosen != null) {
        awaitQuiet(connection, quietAfter); // the one of the beginning is over
      }
    }
  }

  private void keep(ByteBuffer data) {
    int before = kept.length;
    kept = Arrays.copyOf(kept, before + data.remaining());
    data.get(kept, before, kept.length - before);
    keptNanos = System.nanoTime();
  }

  /** One timer at a time; what comes meanwhile makes it wait again. */
  private void awaitQuiet(Connection connection, Duration time) {
    connection.schedule(
        time,
        () -> {
          try {
            onQuiet(connection);
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void onQuiet(Connection connection) throws Exception {
    if (settled) {
      return;
    }
    if (kept.length == 0) {
      open(connection, lines);
      return;
    }
    long leftNanos = quietAfter.toNanos() - (System.nanoTime() - keptNanos);
    if (leftNanos > 0) {
      awaitQuiet(connection, Duration.ofNanos(leftNanos));
    } else {
      settleByKept(connection);
    }
  }

  private void settleByKept(Connection connection) throws Exception {
    ByteBuffer all = ByteBuffer.wrap(kept);
    settle(connection, FirstBytes.of(all), all);
  }

  private void settle(Connection connection, FirstBytes first, ByteBuffer all) throws Exception {
    settled = true;
    kept = NOTHING;
    if (chosen != null && first.isHttp()) {
      chosen.onClose(connection, CloseReason.LOCAL_CLOSE); // as far as the chat is concerned
      chosen = null;
    }
    StreamHandler handler = chosen;
    if (handler == null) {
      handler = open(connection, first.isHttp() ? http : lines);
    }
    handler.onReceive(connection, all);
  }

  private StreamHandler open(Connection connection, Supplier<StreamHandler> kind) throws Exception {
    StreamHandler handler = kind.get();
    chosen = handler;
    handler.onOpen(connection);
    return handler;
  }

  @Override
  public void onEnd(Connection connection) throws Exception {
    if (kept.length > 0) {
      settleByKept(connection);
    }
    if (chosen != null) {
      chosen.onEnd(connection);
    } else {
      connection.close();
    }
  }

  @Override
  public void onWritable(Connection connection) throws Exception {
    if (chosen != null) {
      chosen.onWritable(connection);
    }
  }

  @Override
  public void onClosing(Connection connection, CloseReason reason) throws Exception {
    if (kept.length > 0) {
      settleByKept(connection);
    }
    if (chosen != null) {
      chosen.onClosing(connection, reason);
    }
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) throws Exception {
    settled = true;
    kept = NOTHING;
    if (chosen != null) {
      chosen.onClose(connection, reason);
    }
  }
}
