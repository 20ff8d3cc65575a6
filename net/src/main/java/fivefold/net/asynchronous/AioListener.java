package fivefold.net.asynchronous;

import fivefold.net.StreamOptions;
import fivefold.net.loop.AcceptPause;
import fivefold.net.loop.ChannelErrors;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channel;
import java.nio.channels.ShutdownChannelGroupException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepts on a thread of its own, which takes the channel's futures one after the other: those that
 * are waiting come at once. By completion handlers the JDK brings 16 of them in a turn of the
 * poller (see {@link AioThread}), and of 10,000 connections opened at once 3,000 had no answer
 * within a second.
 *
 * <p>When descriptors or memory have run out it pauses, until a connection has closed or for a
 * while.
 */
final class AioListener implements Runnable {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final AsynchronousServerSocketChannel channel;
  private final StreamServing serving;
  private final BiConsumer<AsynchronousSocketChannel, SocketAddress> accepted;
  private final Semaphore room = new Semaphore(0);
  private volatile boolean paused;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  AioListener(
      AsynchronousServerSocketChannel channel,
      StreamServing serving,
      BiConsumer<AsynchronousSocketChannel, SocketAddress> accepted) {
    this.channel = channel;
    this.serving = serving;
    this.accepted = accepted;
  }

  /** Until the channel is closed. */
  @Override
  public void run() {
    try {
      while (channel.isOpen()) {
        try {
          AsynchronousSocketChannel connection = channel.accept().get();
          pauseNanos = FIRST_PAUSE_NANOS;
          take(connection);
        } catch (ExecutionException e) {
          failed(e.getCause());
        }
      }
    } catch (InterruptedException | ShutdownChannelGroupException e) {
      // The server has ended.
    }
  }

  private void failed(@Nullable Throwable error) throws InterruptedException {
    if (!channel.isOpen()) {
      return;
    }
    int errno = error instanceof IOException e ? -ChannelErrors.errno(e) : Errno.EIO;
    // Anything else is the end of one connection before it was accepted, such as ECONNABORTED.
    if (AcceptPause.isExhausted(errno)) {
      pause(Errno.describe(errno));
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

  private void pause(String why) throws InterruptedException {
    room.drainPermits();
    paused = true;
    serving.acceptPaused(why);
    boolean _ = room.tryAcquire(pauseNanos, TimeUnit.NANOSECONDS);
    paused = false;
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  /** A connection has closed. */
  void maybeRoom() {
    if (paused) {
      room.release();
    }
  }

  /** Ends a pause too. */
  void close() {
    closeQuietly(channel);
    room.release();
  }

  static void closeQuietly(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone all the same (close(2)).
    }
  }
}
