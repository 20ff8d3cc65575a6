package fivefold.net.blocking;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.loop.ChannelErrors;
import fivefold.net.loop.Counters;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A blocking connection's channel, from its addresses to the reason of its end: what may be asked
 * of it without waiting, and how those who wait for it are woken.
 *
 * <p>A layer of {@link BlockingConnection}, and no object of its own.
 */
abstract class BlockingSocketConnection implements Connection {
  private final StreamServing serving;
  private final SocketChannel channel;
  private final SocketAddress remote;
  private final SocketAddress local;
  private final long id;
  private final StageChannel transfers;
  private final Counters counters = new Counters();

  private final ReentrantLock state = new ReentrantLock();
  private final Condition changed = state.newCondition();

  private volatile @Nullable CloseReason closing;
  private volatile boolean aborting;
  private volatile boolean closed;
  private volatile boolean inputEnded;
  private volatile long lastMoveNanos = System.nanoTime();

  BlockingSocketConnection(StreamServing serving, SocketChannel channel, SocketAddress remote) {
    this.serving = serving;
    this.channel = channel;
    this.remote = remote;
    this.local =
        remote instanceof UnixDomainSocketAddress
            ? serving.options().address()
            : localAddress(channel);
    this.transfers = new StageChannel(channel, serving.options().stages());
    this.id = serving.nextId();
  }

  private static SocketAddress localAddress(SocketChannel channel) {
    try {
      SocketAddress address = channel.getLocalAddress();
      return address == null ? new InetSocketAddress(0) : address;
    } catch (IOException e) {
      return new InetSocketAddress(0);
    }
  }

  final StreamServing serving() {
    return serving;
  }

  final SocketChannel channel() {
    return channel;
  }

  /** The channel's reads and writes, which a timeline may want to know of. */
  final StageChannel transfers() {
    return transfers;
  }

  final Counters counters() {
    return counters;
  }

  /**
   * Dropped messages are counted by senders too, and the one that writes may be blocked for long.
   */
  final void countDropped(long messages) {
    state.lock();
    try {
      counters.dropped(messages);
    } finally {
      state.unlock();
    }
  }

  // ---- without waiting

  /** Reads what is there without waiting. */
  final int readAtOnce(ByteBuffer buffer) throws IOException {
    if (!(remote instanceof UnixDomainSocketAddress)) {
      return hasUnread() ? channel.read(buffer) : 0;
    }
    // A Unix channel of java.nio has no socket() to ask, so the read itself must not wait.
    channel.configureBlocking(false);
    try {
      return channel.read(buffer);
    } finally {
      channel.configureBlocking(true);
    }
  }

  /**
   * Whether a read would return at once with bytes. Not known of a Unix socket: there a worker is
   * shown the end at any rate, and its read in progress still brings what has come (unix(7) keeps
   * it).
   */
  final boolean hasUnread() throws IOException {
    return !(remote instanceof UnixDomainSocketAddress)
        && !channel.socket().isInputShutdown()
        && channel.socket().getInputStream().available() > 0;
  }

  final void resetOnClose() {
    try {
      if (channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // Then it is closed in the ordinary way.
    }
  }

  // ---- waiting

  interface Test {
    boolean holds();
  }

  final void await(Test test) {
    state.lock();
    try {
      while (!test.holds()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      state.unlock();
    }
  }

  final void announce() {
    state.lock();
    try {
      changed.signalAll();
    } finally {
      state.unlock();
    }
  }

  // ---- idleness

  /** Bytes have come or gone just now. */
  final void noteMove() {
    lastMoveNanos = System.nanoTime();
  }

  final boolean isIdle(long idleNanos, long nowNanos) {
    return lastMoveNanos + idleNanos - nowNanos <= 0;
  }

  // ---- the end, and why

  /** The first reason counts. */
  final boolean beginClosing(CloseReason reason) {
    state.lock();
    try {
      if (closing != null) {
        return false;
      }
      closing = reason;
      changed.signalAll();
      return true;
    } finally {
      state.unlock();
    }
  }

  final void abort(CloseReason reason) {
    // First, so that a worker that wakes to close in order sees that it shall not.
    aborting = true;
    beginClosing(reason);
    resetOnClose();
    // Ends a wait in read or write at once.
    Channels.closeQuietly(channel);
    announce();
  }

  final void breakDown(IOException e) {
    int errno = -ChannelErrors.errno(e);
    boolean peer = errno == Errno.ECONNRESET || errno == Errno.EPIPE || errno == Errno.ETIMEDOUT;
    beginClosing(
        CloseReason.of(
            peer ? CloseReason.Kind.PEER_RESET : CloseReason.Kind.IO_ERROR, Errno.describe(errno)));
    aborting = true;
    Channels.closeQuietly(channel);
    announce();
  }

  final void sourceFailed(IOException e) {
    beginClosing(new CloseReason(CloseReason.Kind.IO_ERROR, String.valueOf(e.getMessage()), e));
    aborting = true;
    resetOnClose();
    Channels.closeQuietly(channel);
    announce();
  }

  /** What waits is not to be written first. */
  final void breakOff(CloseReason reason) {
    beginClosing(reason);
    aborting = true;
  }

  /** The handler hears no more. */
  final void end() {
    closed = true;
  }

  final boolean isEnded() {
    return closed;
  }

  final void endInput() {
    inputEnded = true;
  }

  final boolean isInputEnded() {
    return inputEnded;
  }

  final boolean isAborting() {
    return aborting;
  }

  final CloseReason reason() {
    CloseReason known = closing;
    return known == null ? CloseReason.ABORTED : known;
  }

  @Override
  public final boolean isOpen() {
    return closing == null;
  }

  // ---- who it is

  @Override
  public long id() {
    return id;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public String toString() {
    return "connection #" + id + " of " + remote;
  }
}
