package fivefold.net.loop;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * An event loop and the thread that runs it. The thread is a daemon: what keeps a program running
 * is whoever waits for the server, not a handler that does not come back.
 */
final class LoopThread {
  private static final long ANSWER_SECONDS = 10;

  private static final System.Logger LOG = System.getLogger("fivefold.net.loop");

  private final EventLoop loop;
  private final Thread thread;

  LoopThread(String name, EventLoop loop) {
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

  EventLoop loop() {
    return loop;
  }

  void start() {
    thread.start();
  }

  /**
   * Runs the question on the loop and waits for the answer; {@code otherwise} when it has ended.
   */
  <T> T ask(Supplier<T> question, T otherwise) {
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

  /** Ends the loop and waits for its thread. */
  void terminate() {
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
      if (!thread.join(Duration.ofSeconds(ANSWER_SECONDS))) {
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
