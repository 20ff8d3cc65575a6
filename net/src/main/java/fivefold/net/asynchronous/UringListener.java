package fivefold.net.asynchronous;

import fivefold.net.loop.AcceptPause;
import fivefold.net.loop.RemoteAddress;
import fivefold.net.loop.StreamServing;
import fivefold.net.loop.Transport;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Sockets;
import fivefold.sys.UringCqe;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringSqe;

/**
 * A listening socket on a ring: one request brings connection after connection (multishot accept,
 * Linux 5.19). It ends at the first failure; when descriptors or memory have run out it is made
 * again after a pause, or when a connection has closed.
 */
final class UringListener implements RingListener, UringLoop.Party {
  private final LoopRing ring;
  private final StreamServing serving;
  private final int descriptor;
  private final Accepted accepted;
  private final AcceptPause pause;
  private final Transport.PeerAddress room;
  private int place;
  private boolean armed;
  private boolean closed;

  /** A listener on a bound socket. */
  UringListener(UringLoop loop, StreamServing serving, int descriptor, Accepted accepted) {
    this.ring = loop.ring();
    this.serving = serving;
    this.descriptor = descriptor;
    this.accepted = accepted;
    this.pause = new AcceptPause(loop, serving, this::armAgain);
    this.room = loop.transport().newPeerAddress();
  }

  @Override
  public void open() {
    place = ring.places().add(this);
    arm();
  }

  private void arm() {
    armed = true;
    UringPrepare.acceptMultishot(ring.sqe(), 0, descriptor, Sockets.SOCK_CLOEXEC, userData());
  }

  private long userData() {
    return UserData.of(UserData.ACCEPT, ring.places().generation(place), place);
  }

  @Override
  public void completed(int kind, int result, int flags) {
    armed = UringCqe.hasMore(flags);
    if (result >= 0) {
      pause.reset();
      take(result);
    } else if (AcceptPause.isExhausted(-result)) {
      pause.begin(Errno.describe(-result));
    }
    // Anything else is the end of one connection before it was accepted, such as ECONNABORTED.
    armAgain();
  }

  private void armAgain() {
    if (!armed && !pause.isPaused() && !closed) {
      arm();
    }
  }

  private void take(int connection) {
    if (closed) {
      Descriptors.close(connection);
      return;
    }
    RemoteAddress peer = ring.loop().transport().remoteAddress(connection, room);
    if (serving.tryOpen()) {
      accepted.accept(ring, connection, peer);
    } else {
      Descriptors.close(connection);
      serving.refusedForLimit(peer);
    }
  }

  @Override
  public void maybeRoom() {
    pause.maybeRoom();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      UringPrepare.cancel(
          ring.sqe(), UringSqe.IOSQE_CQE_SKIP_SUCCESS, userData(), 0, UserData.ofIgnored());
      Descriptors.close(descriptor);
    }
  }

  @Override
  public String toString() {
    return "listener";
  }
}
