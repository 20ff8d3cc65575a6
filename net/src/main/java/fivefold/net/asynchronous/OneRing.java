package fivefold.net.asynchronous;

import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.EventFd;
import fivefold.sys.NativeException;
import fivefold.sys.Poll;
import fivefold.sys.Uring;
import fivefold.sys.UringCqe;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringRing;
import java.io.IOException;
import java.util.List;

/** One ring, which is submitted to and waited for by one call; sockets on ordinary descriptors. */
final class OneRing implements RingWait, UringLoop.Party {
  private static final int SUBMISSIONS = 4096;
  private static final int COMPLETIONS = 32 * 1024;

  private final UringRing queues;
  private final LoopRing ring;
  private final List<LoopRing> rings;
  private final int wakeup;
  private int wakeupPlace;

  OneRing(UringLoop loop, UringLoop.BufferSource source) throws IOException {
    this(loop, SUBMISSIONS, COMPLETIONS, source);
  }

  /** With queues that a test can fill. */
  OneRing(
      UringLoop loop, int submissionEntries, int completionEntries, UringLoop.BufferSource source)
      throws IOException {
    queues =
        UringRing.open(
            submissionEntries, completionEntries, UringRing.LOOP | Uring.IORING_SETUP_R_DISABLED);
    wakeup = EventFd.create();
    try {
      if (wakeup < 0) {
        throw NativeException.of("eventfd", wakeup);
      }
      ring = new LoopRing(loop, queues, source.register(queues), 0, () -> {});
    } catch (IOException e) {
      queues.close();
      if (wakeup >= 0) {
        Descriptors.close(wakeup);
      }
      throw e;
    }
    rings = List.of(ring);
  }

  @Override
  public void begin() {
    int enabled = queues.enable();
    if (enabled < 0) {
      throw new IllegalStateException("io_uring: " + Errno.describe(-enabled));
    }
    queues.registerDescriptor();
    wakeupPlace = ring.places().add(this);
    watchWakeup();
  }

  private void watchWakeup() {
    int generation = ring.places().generation(wakeupPlace);
    UringPrepare.pollMultishot(
        ring.sqe(), 0, wakeup, Poll.POLLIN, UserData.of(UserData.WAKEUP, generation, wakeupPlace));
  }

  /** Somebody has posted a task. */
  @Override
  public void completed(int kind, int result, int flags) {
    EventFd.drain(wakeup);
    if (!UringCqe.hasMore(flags)) {
      watchWakeup();
    }
  }

  @Override
  public List<LoopRing> await(long timeoutNanos) {
    // Who waits for the submission alone must not wait for a completion: a send that goes well has
    // none.
    if (timeoutNanos == 0 || ring.isAnyWaiting() || queues.ready() > 0) {
      ring.enter();
    } else {
      ring.enterAndWait(timeoutNanos);
    }
    return rings;
  }

  @Override
  public void end() {
    ring.enter();
  }

  @Override
  public void wake() {
    EventFd.signal(wakeup);
  }

  @Override
  public List<LoopRing> rings() {
    return rings;
  }

  @Override
  public void close() {
    ring.close();
    Descriptors.close(wakeup);
  }

  @Override
  public String toString() {
    return "wake-up";
  }
}
