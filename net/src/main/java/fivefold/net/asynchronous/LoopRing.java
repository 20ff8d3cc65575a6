package fivefold.net.asynchronous;

import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.UringCancel;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringRing;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One ring of a loop, and what goes with it: the buffers it receives into, the parties that its
 * completions are for, and what waits for its next submission. Belongs to the loop's thread.
 */
final class LoopRing implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("fivefold.net.asynchronous");

  /** Accepts, the wake-up. */
  private static final int OTHER_PARTIES = 256;

  private final UringLoop loop;
  private final UringRing ring;
  private final ReceiveBuffers buffers;
  private final RingSockets sockets;
  private final Runnable onRequest;
  private final Places places;
  private final TurnSends sends = new TurnSends();
  private final Completions completions = new Completions();
  private final Set<Integer> abandonedInstalls = new HashSet<>();
  private List<Runnable> afterSubmission = new ArrayList<>();
  private List<Runnable> runningAfterSubmission = new ArrayList<>();
  private boolean requested;
  private boolean broken;
  private boolean inTurn;
  private int usedBefore;
  private int installs;
  private long batches;

  /**
   * A ring of the loop.
   *
   * @param entries how many direct descriptors its sockets are kept on; 0 for ordinary ones
   * @param onRequest run when something was asked for, the first time since the last submission
   */
  LoopRing(
      UringLoop loop, UringRing ring, ReceiveBuffers buffers, int entries, Runnable onRequest) {
    this.loop = loop;
    this.ring = ring;
    this.buffers = buffers;
    this.onRequest = onRequest;
    this.places = new Places(entries + OTHER_PARTIES);
    this.sockets =
        entries > 0
            ? new DirectSockets(this, loop.transport(), entries)
            : new PlainSockets(this, loop.transport());
  }

  UringLoop loop() {
    return loop;
  }

  UringRing queues() {
    return ring;
  }

  ReceiveBuffers buffers() {
    return buffers;
  }

  Places places() {
    return places;
  }

  /** How its connections' sockets are reached. */
  RingSockets sockets() {
    return sockets;
  }

  // ---- asking

  /** An entry to fill in; it leaves with the next submission. */
  long sqe() {
    request();
    long sqe = ring.nextSqe();
    while (sqe == 0) {
      submit();
      sqe = ring.nextSqe();
    }
    return sqe;
  }

  private void request() {
    if (!requested) {
      requested = true;
      onRequest.run();
    }
  }

  /** Submits before its time, in the midst of a turn. */
  void submit() {
    batches++;
    int result = ring.submit();
    if (result == -Errno.EBUSY || result == -Errno.EAGAIN) {
      ring.submitAndPost();
    }
  }

  /** Submits at once; whether all went and no failure of this request is told. */
  boolean submitted(long userData) {
    submit();
    return ring.unsubmitted() == 0 && find(userData) < 0;
  }

  /** Where in the queue a completion stands, the newest first; -1 for nowhere. */
  private int find(long userData) {
    for (int i = ring.ready() - 1; i >= 0; i--) {
      if (ring.userData(i) == userData) {
        return i;
      }
    }
    return -1;
  }

  /**
   * An ordinary descriptor for a direct one, at once: for what has no request. To be closed soon.
   *
   * @return negative errno when there is none
   */
  int install(int index) {
    int number = ++installs;
    long userData = UserData.of(UserData.INSTALLED, 0, number);
    UringPrepare.install(sqe(), index, userData);
    submit();
    int at = find(userData);
    if (at >= 0) {
      return ring.result(at);
    }
    // The queue is full: it is closed when it comes.
    abandonedInstalls.add(number);
    return -Errno.EAGAIN;
  }

  /** What the connections send with the next submission. */
  TurnSends sends() {
    return sends;
  }

  /** Counts submissions of any kind: an entry of this batch may still be changed. */
  long batches() {
    return batches;
  }

  /** Runs the task when the next submission is over and its failures are known. */
  void afterSubmission(Runnable task) {
    request();
    afterSubmission.add(task);
  }

  // ---- what the wait does

  boolean isAnyWaiting() {
    return !afterSubmission.isEmpty();
  }

  /** Submits, posts what has completed, and does not wait. */
  void enter() {
    entered(ring.submitAndPost());
  }

  /** As {@link #enter}, and waits for one completion; more are not waited for, see decision 24. */
  void enterAndWait(long timeoutNanos) {
    entered(ring.submitAndWait(1, timeoutNanos));
  }

  private void entered(int result) {
    requested = false;
    batches++;
    if (ring.unsubmitted() == 0) {
      sends.submitted();
    } else {
      request();
    }
    if (result < 0
        && result != -Errno.EINTR
        && result != -Errno.ETIME
        && result != -Errno.EBUSY
        && result != -Errno.EAGAIN) {
      LOG.log(Level.ERROR, "io_uring_enter: " + Errno.describe(-result) + "; the loop ends");
      broken = true;
    }
    // EBUSY and EAGAIN: completions must be taken off first (io_uring_enter(2)); the next turn
    // does.
  }

  /** The kernel does not let it be entered any more. */
  boolean isBroken() {
    return broken;
  }

  /** Something of the kernel's is left for the next turn. */
  void comeAgain() {
    request();
  }

  /** Whether it had not been entered since its completions were taken. */
  boolean isFirstOfTurn() {
    boolean first = !inTurn;
    inTurn = true;
    return first;
  }

  // ---- a turn, in this order

  void takeCompletions() {
    inTurn = false;
    completions.takeFrom(ring);
    usedBefore = buffers.usedCount();
  }

  /**
   * Only a send that came short, or failed, has a completion. Its bytes are saved before the memory
   * is used again, and before anything else is told.
   */
  void settleSends() {
    for (int i = 0; i < completions.size(); i++) {
      long userData = completions.userData(i);
      if (UserData.kind(userData) == UserData.SEND) {
        UringLoop.Party party = places.find(userData);
        if (party != null) {
          party.completed(UserData.SEND, completions.result(i), completions.flags(i));
        }
      }
    }
  }

  /** Whether nothing stands in the queue that may yet be read from memory. */
  boolean isAllSubmitted() {
    return ring.unsubmitted() == 0;
  }

  /** What was sent from the buffers of the last turn is sent or saved by now. */
  void submissionIsOver() {
    buffers.recycle(usedBefore);
    sends.clear();
    List<Runnable> due = afterSubmission;
    afterSubmission = runningAfterSubmission;
    runningAfterSubmission = due;
    for (int i = 0; i < due.size(); i++) {
      due.get(i).run();
    }
    due.clear();
  }

  void complete() {
    for (int i = 0; i < completions.size(); i++) {
      long userData = completions.userData(i);
      int kind = UserData.kind(userData);
      int flags = completions.flags(i);
      int result = completions.result(i);
      switch (kind) {
        case UserData.IGNORED, UserData.SEND -> {}
        case UserData.INSTALLED -> installed(UserData.place(userData), result);
        default -> {
          UringLoop.Party party = places.find(userData);
          if (party == null) {
            // Of a connection that has gone.
            buffers.drop(flags, result);
          } else {
            tell(party, kind, result, flags);
          }
        }
      }
    }
  }

  private void installed(int number, int result) {
    if (abandonedInstalls.remove(number) && result >= 0) {
      Descriptors.close(result);
    }
  }

  private static void tell(UringLoop.Party party, int kind, int result, int flags) {
    try {
      party.completed(kind, result, flags);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a completion could not be handled by " + party, e);
    }
  }

  @Override
  public void close() {
    UringCancel.cancelAll(ring.descriptor(), 100_000_000);
    buffers.close();
    ring.close();
    sockets.close();
  }
}
