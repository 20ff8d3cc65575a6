package fivefold.net.blocking;

import fivefold.net.Stage;
import fivefold.net.StageRecorder;
import fivefold.net.StageSpan;
import fivefold.net.StreamOptions;
import fivefold.net.loop.ChannelErrors;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that waits in accept. When descriptors or memory run out it pauses, since trying again
 * at once would fail again at once; it goes on when a connection has ended or after a while.
 */
final class Acceptor implements Runnable {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final ServerSocketChannel channel;
  private final StreamServing serving;
  private final BiConsumer<SocketChannel, SocketAddress> accepted;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition maybeRoom = lock.newCondition();
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private volatile boolean paused;
  private @Nullable Thread thread;

  /**
   * An acceptor on a bound channel.
   *
   * @param accepted takes a counted connection and its peer
   */
  Acceptor(
      ServerSocketChannel channel,
      StreamServing serving,
      BiConsumer<SocketChannel, SocketAddress> accepted) {
    this.channel = channel;
    this.serving = serving;
    this.accepted = accepted;
  }

  void start(ThreadFactory threads) {
    thread = threads.newThread(this);
    thread.start();
  }

  @Override
  public void run() {
    while (channel.isOpen()) {
      try {
        take(accept());
        pauseNanos = FIRST_PAUSE_NANOS;
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        int errno = -ChannelErrors.errno(e);
        if (errno == Errno.EMFILE
            || errno == Errno.ENFILE
            || errno == Errno.ENOBUFS
            || errno == Errno.ENOMEM) {
          pause(Errno.describe(errno));
        } else if (errno == Errno.EIO) {
          // Not understood: in a language other than English it may be any of those above.
          pause(String.valueOf(e.getMessage()));
        }
        // Anything else is the end of one connection before it was accepted, such as ECONNABORTED.
      }
    }
  }

  private SocketChannel accept() throws IOException {
    StageRecorder recorder = serving.options().stages();
    if (recorder == null) {
      return channel.accept();
    }
    StageSpan span = recorder.begin(Stage.ACCEPT);
    try {
      return channel.accept();
    } finally {
      span.end(0);
    }
  }

  private void take(SocketChannel connection) {
    try {
      SocketAddress peer = connection.getRemoteAddress();
      StreamOptions options = serving.options();
      if (!(peer instanceof UnixDomainSocketAddress)) {
        connection.setOption(StandardSocketOptions.TCP_NODELAY, options.noDelay());
      }
      if (options.sendBufferBytes() > 0) {
        connection.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
      }
      // Counted last: what has gone again by now counts for nothing.
      if (serving.tryOpen()) {
        accepted.accept(connection, peer);
      } else {
        connection.close();
        serving.refused(peer, "the limit of " + options.connectionLimit() + " connections");
      }
    } catch (IOException e) {
      // It has gone again already.
      Channels.closeQuietly(connection);
    }
  }

  private void pause(String why) {
    serving.acceptPaused(why);
    lock.lock();
    try {
      paused = true;
      // The channel, too: who stops has closed it, perhaps before this said that it pauses.
      for (long left = pauseNanos; paused && left > 0 && channel.isOpen(); ) {
        left = maybeRoom.awaitNanos(left);
      }
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    } catch (InterruptedException e) {
      // Stopped: the channel is closed.
    } finally {
      paused = false;
      lock.unlock();
    }
  }

  /** A connection has ended, which may have freed what was missing. */
  void resume() {
    if (paused) {
      lock.lock();
      try {
        paused = false;
        maybeRoom.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Closes the listening channel, which ends a wait in accept, and waits for the thread. */
  void stop() {
    Channels.closeQuietly(channel);
    resume();
    Thread accepting = thread;
    if (accepting != null) {
      try {
        accepting.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
