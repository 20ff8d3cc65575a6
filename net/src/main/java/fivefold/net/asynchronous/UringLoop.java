package fivefold.net.asynchronous;

import fivefold.net.loop.Loop;
import fivefold.net.loop.LoopTasks;
import fivefold.net.loop.LoopTimes;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.Scratch;
import fivefold.net.loop.Timer;
import fivefold.net.loop.TurnTimes;
import fivefold.sys.NativeException;
import fivefold.sys.UringRing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread and its ring, or its rings: submits what its turn has asked for and waits for
 * completions, then tells each party what was done.
 */
final class UringLoop implements Loop {

  /** Whoever submits requests; it finds itself by the place in their user data. */
  interface Party {
    /**
     * A request was carried out.
     *
     * @param result what the call would have returned, or negative errno
     */
    void completed(int kind, int result, int flags);
  }

  /** What a ring receives into. */
  interface BufferSource {
    ReceiveBuffers register(UringRing ring) throws NativeException;
  }

  /** Opens the rings of a loop. */
  interface RingSource {
    RingWait open(UringLoop loop) throws IOException;
  }

  private final RingWait wait;
  private final SendArena arena = new SendArena();
  private final Scratch scratch = new Scratch();
  private final LoopTasks tasks;
  private final TurnTimes times = new TurnTimes();
  private final NativeTransport transport = new NativeTransport();
  private final List<ByteBuffer> kept = new ArrayList<>();
  private long nowNanos = System.nanoTime();
  private volatile boolean stopped;
  private volatile @Nullable Thread thread;

  UringLoop(RingSource source) throws IOException {
    try {
      wait = source.open(this);
    } catch (IOException e) {
      arena.close();
      throw e;
    }
    tasks = new LoopTasks(nowNanos, wait::wake);
  }

  /** With one ring. */
  static UringLoop ofOneRing(BufferSource source) throws IOException {
    return new UringLoop(loop -> new OneRing(loop, source));
  }

  /** The rings belong to this thread from here on. */
  @Override
  public void run() {
    thread = Thread.currentThread();
    wait.begin();
    while (!stopped) {
      turn();
    }
    tasks.runLast(nowNanos);
    wait.end();
    thread = null;
  }

  private void turn() {
    long beganNanos = nowNanos;
    boolean timed = times.areWanted();
    long beforeNanos = timed ? System.nanoTime() : beganNanos;
    long timeoutNanos = tasks.beginWait(beforeNanos, -1);
    List<LoopRing> entered = wait.await(stopped ? 0 : timeoutNanos);
    tasks.endWait();
    nowNanos = System.nanoTime();
    if (timed) {
      times.turn(beforeNanos - beganNanos, nowNanos - beforeNanos);
    }
    takeCompletions(entered);
    for (int i = 0; i < entered.size(); i++) {
      entered.get(i).complete();
    }
    tasks.run(nowNanos);
  }

  private void takeCompletions(List<LoopRing> entered) {
    boolean allSubmitted = true;
    for (int i = 0; i < entered.size(); i++) {
      LoopRing ring = entered.get(i);
      ring.takeCompletions();
      ring.settleSends();
      stopped |= ring.isBroken();
    }
    for (int i = 0; i < entered.size(); i++) {
      allSubmitted &= entered.get(i).isAllSubmitted();
    }
    if (allSubmitted) {
      // What was sent from there is sent or saved by now: a ring with requests is always entered.
      arena.clear();
      kept.clear();
    }
    for (int i = 0; i < entered.size(); i++) {
      LoopRing ring = entered.get(i);
      if (ring.isAllSubmitted()) {
        ring.submissionIsOver();
      }
    }
  }

  /** Keeps memory that requests of the next submission send from. */
  @SuppressWarnings("ReferenceEquality") // equal content lies elsewhere
  void keepUntilSubmitted(ByteBuffer memory) {
    if (kept.isEmpty() || kept.getLast() != memory) {
      kept.add(memory);
    }
  }

  /** Waits, on another thread, until what was asked for before has been submitted. */
  void letSubmissionPass() {
    if (isCurrent()) {
      return;
    }
    CountDownLatch passed = new CountDownLatch(wait.rings().size());
    execute(() -> wait.rings().forEach(ring -> ring.afterSubmission(passed::countDown)));
    try {
      boolean _ = passed.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Its one ring, or the first. */
  LoopRing ring() {
    return wait.rings().getFirst();
  }

  /** How it waits. */
  RingWait rings() {
    return wait;
  }

  NativeTransport transport() {
    return transport;
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
    wait.close();
    arena.close();
  }
}
