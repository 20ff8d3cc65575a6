package fivefold.net.loop;

import fivefold.net.LoopStats;
import fivefold.net.ServerListener;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A loop and the thread that runs it. The thread is a daemon: what keeps a program running is
 * whoever waits for the server, not a handler that does not come back.
 *
 * @param <L> the kind of loop
 */
public final class LoopThread<L extends Loop> {
  private static final long ANSWER_SECONDS = 2;
  private static final long END_SECONDS = 2;

  private static final System.Logger LOG = System.getLogger("fivefold.net.loop");

  private final L loop;
  private final Thread thread;

  public LoopThread(String name, L loop) {
    this.loop = loop;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  private void run() {
    try {
      loop.run();
    } finally {
      loop.close();
    }
  }

  public L loop() {
    return loop;
  }

  public void start() {
    thread.start();
  }

  /** Reports to the listener when the loop does not come round in time. */
  public void watch(Duration limit, ServerListener listener) {
    Watchdog.watch(
        thread,
        new WatchedLoop(
            thread.getName(),
            loop.tasks().pulse(),
            () -> List.of(thread.getStackTrace()),
            limit.toNanos(),
            listener));
  }

  /** Where the loop's time went. */
  public LoopStats stats() {
    LoopTimes times = loop.times();
    // A loop at rest publishes when it comes round, which may be in an hour: the next look is
    // fresher.
    loop.execute(() -> {});
    return new LoopStats(thread.getName(), times.turns(), times.waitNanos(), times.workNanos());
  }

  /**
   * Runs the question on the loop and waits for the answer; {@code otherwise} when it has ended.
   */
  public <T> T ask(Supplier<T> question, T otherwise) {
    if (loop.isCurrent()) {
      return question.get();
    }
    if (!thread.isAlive()) {
      return otherwise;
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(() -> answer.complete(question.get()));
    return answer.completeOnTimeout(otherwise, ANSWER_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Frees a handler that blocks; one that computes for ever cannot be helped. */
  void interrupt() {
    thread.interrupt();
  }

  /** Ends the loop and waits for its thread, but not for ever. */
  public void terminate() {
    if (!thread.isAlive()) {
      // Never started: the poller is still to be closed.
      if (thread.getState() == Thread.State.NEW) {
        loop.close();
      }
      return;
    }
    loop.stop();
    boolean interrupted = false;
    try {
      if (!thread.join(Duration.ofSeconds(END_SECONDS))) {
        LOG.log(
            Level.WARNING,
            "the loop of "
                + thread.getName()
                + " does not end: a handler keeps it; it is left behind");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
