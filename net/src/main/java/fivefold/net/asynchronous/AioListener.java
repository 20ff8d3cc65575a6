package fivefold.net.asynchronous;

import fivefold.net.StreamOptions;
import fivefold.net.loop.ChannelErrors;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ShutdownChannelGroupException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/** One accept in flight; when descriptors or memory have run out, the next one after a pause. */
final class AioListener implements CompletionHandler<AsynchronousSocketChannel, Object> {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final AsynchronousServerSocketChannel channel;
  private final ScheduledExecutorService clock;
  private final StreamServing serving;
  private final BiConsumer<AsynchronousSocketChannel, SocketAddress> accepted;
  private final AtomicBoolean paused = new AtomicBoolean();
  private long pauseNanos = FIRST_PAUSE_NANOS;

  AioListener(
      AsynchronousServerSocketChannel channel,
      ScheduledExecutorService clock,
      StreamServing serving,
      BiConsumer<AsynchronousSocketChannel, SocketAddress> accepted) {
    this.channel = channel;
    this.clock = clock;
    this.serving = serving;
    this.accepted = accepted;
  }

  void accept() {
    try {
      channel.accept(this, this);
    } catch (ShutdownChannelGroupException e) {
      // The server has ended.
    }
  }

  @Override
  public void completed(AsynchronousSocketChannel connection, Object attachment) {
    pauseNanos = FIRST_PAUSE_NANOS;
    take(connection);
    accept();
  }

  @Override
  public void failed(Throwable error, Object attachment) {
    if (!channel.isOpen()) {
      return;
    }
    int errno = error instanceof IOException e ? -ChannelErrors.errno(e) : Errno.EIO;
    boolean exhausted =
        errno == Errno.EMFILE
            || errno == Errno.ENFILE
            || errno == Errno.ENOBUFS
            || errno == Errno.ENOMEM
            // See Listener: the text of java.nio's exception was not understood.
            || errno == Errno.EIO;
    if (exhausted) {
      pause(Errno.describe(errno));
    } else {
      // The end of one connection before it was accepted, such as ECONNABORTED.
      accept();
    }
  }

  private void take(AsynchronousSocketChannel connection) {
    StreamOptions options = serving.options();
    try {
      SocketAddress peer = connection.getRemoteAddress();
      if (!serving.tryOpen()) {
        connection.close();
        serving.refused(peer, "the limit of " + options.connectionLimit() + " connections");
        return;
      }
      connection.setOption(StandardSocketOptions.TCP_NODELAY, options.noDelay());
      if (options.sendBufferBytes() > 0) {
        connection.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
      }
      accepted.accept(connection, peer);
    } catch (IOException e) {
      // It has gone again already.
      closeQuietly(connection);
    }
  }

  private void pause(String why) {
    paused.set(true);
    serving.acceptPaused(why);
    try {
      Future<?> _ = clock.schedule(this::maybeRoom, pauseNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return;
    }
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  /** A connection has closed, or the pause is over. */
  void maybeRoom() {
    if (paused.compareAndSet(true, false)) {
      accept();
    }
  }

  void close() {
    closeQuietly(channel);
  }

  static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone all the same (close(2)).
    }
  }
}
