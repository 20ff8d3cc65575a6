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

  private final LoopThread<EventLoop> thread;
  private final EventLoop loop;
  private final Transport transport;
  private final StreamServing serving;
  private final int handle;
  private final ObjIntConsumer<RemoteAddress> accepted;
  private final Transport.PeerAddress peer;
  private final AcceptPause pause;
  private boolean closed;

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
    this.pause = new AcceptPause(loop, serving, this::goOn);
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
    return !pause.isPaused();
  }

  @Override
  public boolean wantsWrite() {
    return false;
  }

  @Override
  public void read() {
    for (int i = 0; i < ACCEPTS_PER_TURN && !pause.isPaused() && !closed; i++) {
      int result = transport.accept(handle, peer);
      if (result >= 0) {
        pause.reset();
        take(result);
      } else if (result == -Errno.EAGAIN) {
        return;
      } else if (AcceptPause.isExhausted(-result)) {
        pause.begin(Errno.describe(-result));
        loop.update(this);
      }
      // Anything else is the end of one connection before it was accepted, such as ECONNABORTED
      // (accept(2), "Error handling"): go on with the next.
    }
    if (!pause.isPaused() && !closed && loop.poller().isEdgeTriggered()) {
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

  /** A connection has closed, which may have freed what was missing. Any thread. */
  void maybeRoom() {
    pause.maybeRoom();
  }

  private void goOn() {
    if (!closed) {
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
