package fivefold.net.blocking.process;

import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.StreamServing;
import fivefold.net.loop.Transport;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import java.net.SocketAddress;

/**
 * A worker for each connection, started when it has come. When there are as many as there may be,
 * no more are accepted: connections wait in the backlog, as they wait for a thread of {@code pool}.
 */
final class OnDemand implements Staffing {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final StreamServing serving;
  private final Staff staff;
  private final NativeTransport transport = new NativeTransport();
  private final Transport.PeerAddress peer = transport.newPeerAddress();
  private final int listener;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long pausedUntilNanos;
  private boolean paused;
  private boolean warnedOfFull;
  private boolean accepting = true;

  OnDemand(StreamServing serving, Staff staff, int listener) {
    this.serving = serving;
    this.staff = staff;
    this.listener = listener;
  }

  @Override
  public void begin() {}

  @Override
  public boolean wantsToAccept() {
    return accepting && !paused && staff.size() < serving.options().workers();
  }

  @Override
  public void accept() {
    int result = transport.accept(listener, peer);
    if (result >= 0) {
      pauseNanos = FIRST_PAUSE_NANOS;
      take(result, peer.address());
    } else if (result == -Errno.EMFILE
        || result == -Errno.ENFILE
        || result == -Errno.ENOBUFS
        || result == -Errno.ENOMEM) {
      pause(Errno.describe(-result));
    }
    // Anything else is the end of one connection before it was accepted, such as ECONNABORTED.
  }

  private void take(int socket, SocketAddress remote) {
    if (!serving.tryOpen()) {
      transport.close(socket);
      serving.refused(
          remote, "the limit of " + serving.options().connectionLimit() + " connections");
      return;
    }
    try {
      // The flag belongs to the open file, and the worker's channel is a blocking one.
      Descriptors.setNonBlocking(socket, false);
      long id = serving.nextId();
      WorkerProcess worker = staff.start(socket, id - 1);
      staff.opened(worker, id, remote, transport.localAddress(socket));
      warnWhenFull();
    } catch (Staff.StartFailure e) {
      serving.cancelOpen();
      serving.refused(remote, String.valueOf(e.getMessage()));
      pause(String.valueOf(e.getMessage()));
    } finally {
      transport.close(socket);
    }
  }

  private void warnWhenFull() {
    int limit = serving.options().workers();
    if (staff.size() < limit) {
      return;
    }
    if (!warnedOfFull) {
      warnedOfFull = true;
      serving
          .listener()
          .warned(
              "all "
                  + limit
                  + " processes are taken; connections wait until one ends (more processes:"
                  + " --workers)");
    }
  }

  private void pause(String why) {
    paused = true;
    pausedUntilNanos = System.nanoTime() + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    serving.acceptPaused(why);
  }

  @Override
  public long dueInNanos() {
    return paused ? Math.max(0, pausedUntilNanos - System.nanoTime()) : Long.MAX_VALUE;
  }

  @Override
  public void due() {
    paused = false;
  }

  @Override
  public void ended(WorkerProcess worker, int exitCode) {
    paused = false;
    if (staff.size() <= serving.options().workers() / 2) {
      // Once so many have ended the next wait is news again.
      warnedOfFull = false;
    }
  }

  @Override
  public void stopAccepting() {
    accepting = false;
  }
}
