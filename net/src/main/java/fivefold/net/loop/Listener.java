package fivefold.net.loop;

import fivefold.net.StreamOptions;
import fivefold.sys.Errno;
import java.util.function.ObjIntConsumer;

/**
 * A listening socket on a loop: accepts what has come and hands each to whoever serves it.
 *
 * <p>When descriptors or memory run out (EMFILE and its kin) the connection stays in the backlog
 * and the socket stays readable, so a loop that only tried again would spin. Accepting pauses
 * instead, and goes on when a connection has closed or after a while.
 */
final class Listener implements EventHandler {
  /** In one turn; what waits beyond is told again, and the connections get their turn first. */
  private static final int ACCEPTS_PER_TURN = 256;

  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final LoopThread<EventLoop> thread;
  private final EventLoop loop;
  private final Transport transport;
  private final StreamServing serving;
  private final int handle;
  private final ObjIntConsumer<RemoteAddress> accepted;
  private final Transport.PeerAddress peer;
  private volatile boolean paused;
  private boolean closed;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  /**
   * A listener on the loop of this thread.
   *
   * @param accepted takes a counted connection's handle and peer
   */
  Listener(
      LoopThread<EventLoop> thread,
      Transport transport,
      StreamServing serving,
      int handle,
      ObjIntConsumer<RemoteAddress> accepted) {
    this.thread = thread;
    this.loop = thread.loop();
    this.transport = transport;
    this.serving = serving;
    this.handle = handle;
    this.accepted = accepted;
    this.peer = transport.newPeerAddress();
  }

  static SocketOptions socketOptions(StreamOptions options) {
    return new SocketOptions(
        options.backlog(),
        options.noDelay(),
        options.reuseAddress(),
        options.reusePort(),
        options.sendBufferBytes(),
        options.receiveBufferBytes());
  }

  @Override
  public int descriptor() {
    return handle;
  }

  @Override
  public boolean wantsRead() {
    return !paused;
  }

  @Override
  public boolean wantsWrite() {
    return false;
  }

  @Override
  public void read() {
    for (int i = 0; i < ACCEPTS_PER_TURN && !paused && !closed; i++) {
      int result = transport.accept(handle, peer);
      if (result >= 0) {
        pauseNanos = FIRST_PAUSE_NANOS;
        take(result);
      } else if (result == -Errno.EAGAIN) {
        return;
      } else if (isExhausted(-result)) {
        pause(Errno.describe(-result));
      }
      // Anything else is the end of one connection before it was accepted, such as ECONNABORTED
      // (accept(2), "Error handling"): go on with the next.
    }
    if (!paused && !closed && loop.poller().isEdgeTriggered()) {
      loop.execute(this::read);
    }
  }

  @Override
  public void write() {}

  private void take(int connection) {
    if (serving.tryOpen()) {
      accepted.accept(peer.keep(), connection);
    } else {
      transport.close(connection);
      serving.refused(
          peer.address(), "the limit of " + serving.options().connectionLimit() + " connections");
    }
  }

  private static boolean isExhausted(int errno) {
    return errno == Errno.EMFILE
        || errno == Errno.ENFILE
        || errno == Errno.ENOBUFS
        || errno == Errno.ENOMEM
        // What java.nio's exception becomes whose text is not understood, in a language other than
        // English: it may be any of those above. accept(2) itself knows no EIO.
        || errno == Errno.EIO;
  }

  private void pause(String why) {
    paused = true;
    loop.update(this);
    serving.acceptPaused(why);
    loop.schedule(pauseNanos, this::resume);
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  /** A connection has closed, which may have freed what was missing. Any thread. */
  void maybeRoom() {
    if (paused) {
      loop.execute(this::resume);
    }
  }

  private void resume() {
    if (paused && !closed) {
      paused = false;
      loop.update(this);
      read();
    }
  }

  /** Any thread; the port is free when this returns. */
  void closeAndWait() {
    thread.ask(
        () -> {
          close();
          return true;
        },
        false);
  }

  boolean isOn(EventLoop other) {
    return loop.equals(other);
  }

  /** Off its loop, but open: the handle, for another listener. On the loop. */
  int detach() {
    closed = true;
    loop.remove(this);
    return handle;
  }

  void close() {
    if (!closed) {
      closed = true;
      loop.remove(this);
      transport.close(handle);
    }
  }

  @Override
  public String toString() {
    return "listener";
  }
}
