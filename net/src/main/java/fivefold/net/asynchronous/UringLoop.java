package fivefold.net.asynchronous;

import fivefold.net.loop.Loop;
import fivefold.net.loop.LoopTasks;
import fivefold.net.loop.LoopTimes;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.Scratch;
import fivefold.net.loop.Timer;
import fivefold.net.loop.TurnTimes;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.EventFd;
import fivefold.sys.NativeException;
import fivefold.sys.Poll;
import fivefold.sys.Uring;
import fivefold.sys.UringCancel;
import fivefold.sys.UringCqe;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringRing;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread and its ring: submits what its turn has asked for and waits for completions by the
 * same system call, then tells each party what was done.
 */
final class UringLoop implements Loop {
  private static final int SUBMISSIONS = 4096;
  private static final int COMPLETIONS = 32 * 1024;

  private static final System.Logger LOG = System.getLogger("fivefold.net.asynchronous");

  /** Whoever submits requests; it finds itself by the place in their user data. */
  interface Party {
    /**
     * A request was carried out.
     *
     * @param result what the call would have returned, or negative errno
     */
    void completed(int kind, int result, int flags);
  }

  private final UringRing ring;
  private final ReceiveBuffers buffers;
  private final SendArena arena = new SendArena();
  private final Scratch scratch = new Scratch();
  private final LoopTasks tasks;
  private final Completions completions = new Completions();
  private final GatherWait gather;
  private final int wakeup;
  private final TurnTimes times = new TurnTimes();
  private final Places places = new Places();
  private final NativeTransport transport = new NativeTransport();
  private final List<ByteBuffer> kept = new ArrayList<>();
  private List<Runnable> afterSubmission = new ArrayList<>();
  private List<Runnable> runningAfterSubmission = new ArrayList<>();
  private long nowNanos = System.nanoTime();
  private long submissions;
  private long batches;
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  /** What a loop receives into. */
  interface BufferSource {
    ReceiveBuffers register(UringRing ring) throws NativeException;
  }

  UringLoop(BufferSource source) throws IOException {
    this(SUBMISSIONS, COMPLETIONS, source);
  }

  /** With queues that a test can fill. */
  UringLoop(int submissionEntries, int completionEntries, BufferSource source) throws IOException {
    ring =
        UringRing.open(
            submissionEntries, completionEntries, UringRing.LOOP | Uring.IORING_SETUP_R_DISABLED);
    wakeup = EventFd.create();
    try {
      if (wakeup < 0) {
        throw NativeException.of("eventfd", wakeup);
      }
      buffers = source.register(ring);
    } catch (IOException e) {
      ring.close();
      if (wakeup >= 0) {
        Descriptors.close(wakeup);
      }
      throw e;
    }
    gather = new GatherWait((ring.features() & Uring.IORING_FEAT_MIN_TIMEOUT) != 0);
    tasks = new LoopTasks(nowNanos, () -> EventFd.signal(wakeup));
  }

  /** The ring belongs to this thread from here on. */
  @Override
  public void run() {
    thread = Thread.currentThread();
    int enabled = ring.enable();
    if (enabled < 0) {
      throw new IllegalStateException("io_uring: " + Errno.describe(-enabled));
    }
    ring.registerDescriptor();
    watchWakeup();
    while (!stopped) {
      turn();
    }
    tasks.runLast(nowNanos);
    submit();
    thread = null;
  }

  private void turn() {
    long beganNanos = nowNanos;
    boolean timed = times.areWanted();
    long beforeNanos = timed ? System.nanoTime() : beganNanos;
    long timeoutNanos = tasks.beginWait(beforeNanos, -1);
    // Who waits for the submission alone must not wait for a completion: a send that goes well has
    // none.
    submitAndWait(stopped || !afterSubmission.isEmpty() ? 0 : timeoutNanos);
    tasks.endWait();
    nowNanos = System.nanoTime();
    if (timed) {
      times.turn(beforeNanos - beganNanos, nowNanos - beforeNanos);
    }
    completions.takeFrom(ring);
    gather.cameLast(completions.size());
    int usedBefore = buffers.usedCount();
    boolean allSubmitted = ring.unsubmitted() == 0;
    settleSends();
    if (allSubmitted) {
      // What was sent from there is sent or saved by now.
      arena.clear();
      kept.clear();
      buffers.recycle(usedBefore);
      runAfterSubmission();
    }
    complete();
    tasks.run(nowNanos);
  }

  private void submitAndWait(long timeoutNanos) {
    int result;
    if (timeoutNanos == 0 || ring.ready() > 0) {
      result = ring.submitAndPost();
    } else {
      result = ring.submitAndWait(gather.completions(), timeoutNanos, gather.micros());
    }
    batches++;
    if (ring.unsubmitted() == 0) {
      submissions++;
    }
    if (result < 0
        && result != -Errno.EINTR
        && result != -Errno.ETIME
        && result != -Errno.EBUSY
        && result != -Errno.EAGAIN) {
      LOG.log(Level.ERROR, "io_uring_enter: " + Errno.describe(-result) + "; the loop ends");
      stopped = true;
    }
    // EBUSY and EAGAIN: completions must be taken off first (io_uring_enter(2)); the next turn
    // does.
  }

  /**
   * Only a send that came short, or failed, has a completion. Its bytes are saved before the memory
   * is used again, and before anything else is told.
   */
  private void settleSends() {
    for (int i = 0; i < completions.size(); i++) {
      long userData = completions.userData(i);
      if (UserData.kind(userData) == UserData.SEND) {
        Party party = places.find(userData);
        if (party != null) {
          party.completed(UserData.SEND, completions.result(i), completions.flags(i));
        }
      }
    }
  }

  private void complete() {
    for (int i = 0; i < completions.size(); i++) {
      long userData = completions.userData(i);
      int kind = UserData.kind(userData);
      int flags = completions.flags(i);
      int result = completions.result(i);
      switch (kind) {
        case UserData.IGNORED, UserData.SEND -> {}
        case UserData.WAKEUP -> {
          EventFd.drain(wakeup);
          if (!UringCqe.hasMore(flags)) {
            watchWakeup();
          }
        }
        default -> {
          Party party = places.find(userData);
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

  private static void tell(Party party, int kind, int result, int flags) {
    try {
      party.completed(kind, result, flags);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a completion could not be handled by " + party, e);
    }
  }

  private void runAfterSubmission() {
    List<Runnable> due = afterSubmission;
    afterSubmission = runningAfterSubmission;
    runningAfterSubmission = due;
    for (int i = 0; i < due.size(); i++) {
      due.get(i).run();
    }
    due.clear();
  }

  private void watchWakeup() {
    UringPrepare.pollMultishot(sqe(), 0, wakeup, Poll.POLLIN, UserData.of(UserData.WAKEUP, 0, 0));
  }

  /** An entry to fill in; it leaves with the next submission. */
  long sqe() {
    long sqe = ring.nextSqe();
    while (sqe == 0) {
      submit();
      sqe = ring.nextSqe();
    }
    return sqe;
  }

  private void submit() {
    batches++;
    int result = ring.submit();
    if (result == -Errno.EBUSY || result == -Errno.EAGAIN) {
      ring.submitAndPost();
    }
  }

  /** Submits at once; whether all went and no failure of this request is told. */
  boolean submitted(long userData) {
    submit();
    if (ring.unsubmitted() > 0) {
      return false;
    }
    for (int i = 0; i < ring.ready(); i++) {
      if (ring.userData(i) == userData) {
        return false;
      }
    }
    return true;
  }

  /** Counts submissions that waited, so that a party knows whether one has happened since. */
  long submissions() {
    return submissions;
  }

  /** Counts submissions of any kind: an entry of this batch may still be changed. */
  long batches() {
    return batches;
  }

  /** Keeps memory that requests of the next submission send from. */
  @SuppressWarnings("ReferenceEquality") // equal content lies elsewhere
  void keepUntilSubmitted(ByteBuffer memory) {
    if (kept.isEmpty() || kept.getLast() != memory) {
      kept.add(memory);
    }
  }

  /** Runs the task when the next submission is over and its failures are known. */
  void afterSubmission(Runnable task) {
    afterSubmission.add(task);
  }

  /** Waits, on another thread, until what was asked for before has been submitted. */
  void letSubmissionPass() {
    if (isCurrent()) {
      return;
    }
    CountDownLatch passed = new CountDownLatch(1);
    execute(() -> afterSubmission(passed::countDown));
    try {
      boolean _ = passed.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  NativeTransport transport() {
    return transport;
  }

  Places places() {
    return places;
  }

  ReceiveBuffers buffers() {
    return buffers;
  }

  SendArena arena() {
    return arena;
  }

  @Override
  public LoopTasks tasks() {
    return tasks;
  }

  @Override
  public LoopTimes times() {
    return times.ask();
  }

  @Override
  public void stop() {
    stopped = true;
    execute(() -> {});
  }

  @Override
  public void execute(Runnable task) {
    tasks.post(task);
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread().equals(thread);
  }

  @Override
  public Scratch scratch() {
    return scratch;
  }

  @Override
  public long nowNanos() {
    return isCurrent() ? nowNanos : System.nanoTime();
  }

  @Override
  public void defer(Runnable endOfTurn) {
    tasks.defer(endOfTurn);
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    return tasks.after(System.nanoTime(), delayNanos, task, isCurrent());
  }

  @Override
  public void cancel(Timer timer) {
    tasks.cancel(timer, isCurrent());
  }

  /** On the thread that ran it, or when it never ran. */
  @Override
  public void close() {
    UringCancel.cancelAll(ring.descriptor(), 100_000_000);
    buffers.close();
    ring.close();
    arena.close();
    Descriptors.close(wakeup);
  }
}
