package fivefold.services.chat;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Searches of the history, on a thread of their own: one may go through all of a room. */
final class Searches implements AutoCloseable {
  private static final int WAITING_LIMIT = 100;
  private static final int IDLE_SECONDS = 10;

  private final History history;
  private final ThreadPoolExecutor thread;

  Searches(History history) {
    this.history = history;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_LIMIT),
            Thread.ofPlatform().daemon().name("fivefold-chat-search").factory());
    thread.allowCoreThreadTimeOut(true);
  }

  /** Tells the member what is found, later. */
  void search(Member member, String room, String text, int count) throws RefusedException {
    member.searching.incrementAndGet();
    try {
      thread.execute(() -> {
        find(member, room, text, count);
        member.searching.decrementAndGet();
      });
    } catch (RejectedExecutionException e) {
      member.searching.decrementAndGet();
      throw new RefusedException("too many are searching; try again later");
    }
  }

  /** Runs it when the member has got the answers it waits for: here, or behind them. */
  void afterThoseOf(Member member, Runnable task) {
    if (member.searching.get() == 0) {
      task.run();
      return;
    }
    try {
      thread.execute(task);
    } catch (RejectedExecutionException tooMany) {
      task.run();
    }
  }

  private void find(Member member, String room, String text, int count) {
    try {
      member.hear(new ChatEvent.Found(room, history.search(room, text, count)));
    } catch (IOException e) {
      member.refuse("/search failed: the history cannot be read");
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
