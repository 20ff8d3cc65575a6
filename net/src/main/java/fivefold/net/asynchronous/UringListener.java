package fivefold.net.asynchronous;

import fivefold.net.loop.RemoteAddress;
import fivefold.net.loop.StreamServing;
import fivefold.net.loop.Transport;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Sockets;
import fivefold.sys.UringCqe;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringSqe;
import java.util.function.ObjIntConsumer;

/**
 * A listening socket on a ring: one request brings connection after connection (multishot accept,
 * Linux 5.19). It ends at the first failure; when descriptors or memory have run out it is made
 * again after a pause, or when a connection has closed.
 */
final class UringListener implements UringLoop.Party {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final UringLoop loop;
  private final StreamServing serving;
  private final int descriptor;
  private final ObjIntConsumer<RemoteAddress> accepted;
  private final Transport.PeerAddress room;
  private int place;
  private boolean armed;
  private boolean closed;
  private volatile boolean paused;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  /**
   * A listener on a bound socket.
   *
   * @param accepted takes a counted connection's descriptor and peer
   */
  UringListener(
      UringLoop loop,
      StreamServing serving,
      int descriptor,
      ObjIntConsumer<RemoteAddress> accepted) {
    this.loop = loop;
    this.serving = serving;
    this.descriptor = descriptor;
    this.accepted = accepted;
    this.room = loop.transport().newPeerAddress();
  }

  /** On the loop. */
  void open() {
    place = loop.places().add(this);
    arm();
  }

  private void arm() {
    armed = true;
    UringPrepare.acceptMultishot(loop.sqe(), 0, descriptor, Sockets.SOCK_CLOEXEC, userData());
  }

  private long userData() {
    return UserData.of(UserData.ACCEPT, loop.places().generation(place), place);
  }

  @Override
  public void completed(int kind, int result, int flags) {
    armed = UringCqe.hasMore(flags);
    if (result >= 0) {
      pauseNanos = FIRST_PAUSE_NANOS;
      take(result);
    } else if (isExhausted(-result)) {
      pause(Errno.describe(-result));
    }
    // Anything else is the end of one connection before it was accepted, such as ECONNABORTED.
    if (!armed && !paused && !closed) {
      arm();
    }
  }

  private void take(int connection) {
    if (closed) {
      Descriptors.close(connection);
      return;
    }
    RemoteAddress peer = loop.transport().remoteAddress(connection, room);
    if (serving.tryOpen()) {
      accepted.accept(peer, connection);
    } else {
      Descriptors.close(connection);
      serving.refused(
          peer.address(), "the limit of " + serving.options().connectionLimit() + " connections");
    }
  }

  private static boolean isExhausted(int errno) {
    return errno == Errno.EMFILE
        || errno == Errno.ENFILE
        || errno == Errno.ENOBUFS
        || errno == Errno.ENOMEM;
  }

  private void pause(String why) {
    paused = true;
    serving.acceptPaused(why);
    loop.schedule(pauseNanos, this::resume);
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  /** A connection has closed. Any thread. */
  void maybeRoom() {
    if (paused) {
      loop.execute(this::resume);
    }
  }

  private void resume() {
    if (paused && !closed) {
      paused = false;
      if (!armed) {
        arm();
      }
    }
  }

  /** On the loop. What was accepted in the same moment is closed when it is told. */
  void close() {
    if (!closed) {
      closed = true;
      UringPrepare.cancel(
          loop.sqe(),
          UringSqe.IOSQE_CQE_SKIP_SUCCESS,
          userData(),
          0,
          UserData.of(UserData.IGNORED, 0, 0));
      Descriptors.close(descriptor);
    }
  }

  @Override
  public String toString() {
    return "listener";
  }
}
