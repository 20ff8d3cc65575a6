package fivefold.net.asynchronous;

import fivefold.net.loop.AcceptPause;
import fivefold.net.loop.RemoteAddress;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringSqe;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A listening socket whose connections go to direct descriptors, in one table after the other. So
 * many accepts are under way at a time, each for an entry that was set aside for it, and each
 * brings its peer's address. A multishot accept would not know when its table is full, and the
 * connection that finds it so is lost, when the loop has paused for a moment.
 */
final class DirectListener implements RingListener {
  private static final int AT_A_TIME = 128;

  /**
   * The kernel lets a request be woken for nothing 128 times (APOLL_MAX_RETRY), and then gives it
   * to a worker thread, which waits there. A wake-up is for nothing when another accept has been
   * faster, and the next one comes when all others had theirs: so after half as many rounds a
   * request is made anew.
   */
  private static final int ROUNDS = 64;

  private final UringLoop loop;
  private final TableRings tables;
  private final StreamServing serving;
  private final int descriptor;
  private final Accepted accepted;
  private final AcceptPause pause;

  /** The longest armed first. */
  private final Set<Accept> armed = new LinkedHashSet<>();

  /** Those that wait for their like, or for room in a table. */
  private final ArrayDeque<Accept> idle = new ArrayDeque<>();

  private long count;
  private boolean closed;

  /** A listener on a bound socket. */
  DirectListener(
      UringLoop loop, TableRings tables, StreamServing serving, int descriptor, Accepted accepted) {
    this.loop = loop;
    this.tables = tables;
    this.serving = serving;
    this.descriptor = descriptor;
    this.accepted = accepted;
    this.pause = new AcceptPause(loop, serving, this::armIdle);
  }

  /** One accept after the other, on whichever ring has room. */
  private final class Accept implements UringLoop.Party {
    private final AcceptedAddress peer = new AcceptedAddress();
    private LoopRing ring;
    private int place;
    private long armedAtCount;

    Accept(LoopRing ring) {
      this.ring = ring;
    }

    void arm(LoopRing on) {
      ring = on;
      armedAtCount = count;
      armed.add(this);
      place = on.places().add(this);
      peer.reset();
      UringPrepare.acceptDirect(
          on.sqe(), 0, descriptor, peer.address(), peer.lengthAddress(), userData());
    }

    private long userData() {
      return UserData.of(UserData.ACCEPT, ring.places().generation(place), place);
    }

    @Override
    public void completed(int kind, int result, int flags) {
      ring.places().remove(place);
      armed.remove(this);
      idle.add(this);
      if (result >= 0) {
        count++;
        pause.reset();
        take(ring, result, peer.keep());
      } else {
        sockets(ring).giveBack();
        if (AcceptPause.isExhausted(-result) && !pause.isPaused() && !closed) {
          pause.begin(Errno.describe(-result));
        }
        // Anything else is the end of one connection before it was accepted.
      }
      renewOldest();
      // Many together: one alone would be faster than those that are being woken.
      if (armed.isEmpty() || idle.size() >= AT_A_TIME / 2) {
        armIdle();
      }
    }

    void cancel() {
      UringPrepare.cancel(
          ring.sqe(), UringSqe.IOSQE_CQE_SKIP_SUCCESS, userData(), 0, UserData.ofIgnored());
    }

    @Override
    public String toString() {
      return "accept";
    }
  }

  private static DirectSockets sockets(LoopRing ring) {
    return (DirectSockets) ring.sockets();
  }

  @Override
  public void open() {
    for (int i = 0; i < AT_A_TIME; i++) {
      idle.add(new Accept(tables.rings().getFirst()));
    }
    armIdle();
  }

  private void armIdle() {
    while (!idle.isEmpty() && !pause.isPaused() && !closed) {
      LoopRing ring = tables.reserve();
      if (ring == null) {
        // Full: those who come wait in the backlog until one goes.
        return;
      }
      idle.remove().arm(ring);
    }
  }

  private void renewOldest() {
    if (armed.isEmpty()) {
      return;
    }
    Accept oldest = armed.iterator().next();
    if (count - oldest.armedAtCount > (long) ROUNDS * armed.size()) {
      oldest.cancel();
      oldest.armedAtCount = count;
      armed.remove(oldest);
      armed.add(oldest);
    }
  }

  private void take(LoopRing ring, int index, RemoteAddress peer) {
    if (closed) {
      ring.sockets().close(index, false);
    } else if (serving.tryOpen()) {
      accepted.accept(ring, index, peer);
    } else {
      ring.sockets().close(index, false);
      serving.refusedForLimit(peer);
    }
  }

  @Override
  public void maybeRoom() {
    pause.maybeRoom();
    // One of another loop has left no room in the tables of this.
    if (armed.isEmpty() && loop.isCurrent()) {
      armIdle();
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      armed.forEach(Accept::cancel);
      Descriptors.close(descriptor);
    }
  }

  @Override
  public String toString() {
    return "listener";
  }
}
