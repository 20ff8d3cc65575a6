package fivefold.services.chat;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One thread for all that happens in a chat, in one order: who comes, goes and speaks. So every
 * member of a room gets its messages in the same order, and the rooms need no lock.
 *
 * <p>What is said is written in batches: as many messages as have come while the batch before was
 * being written. Nobody waits for a batch to fill.
 */
final class Sequencer implements AutoCloseable {
  /** More than this in one batch would make those at its beginning wait for no gain. */
  private static final int BATCH_LIMIT = 1_024;

  /** What may wait to be said, of all members together. */
  private static final long LIMIT_WAITING_BYTES = 16 << 20;

  private static final int OVERHEAD_BYTES = 128;
  private static final Duration TIDY_EVERY = Duration.ofSeconds(30);

  private static final System.Logger LOG = System.getLogger("fivefold.services.chat");

  /** What is done on the thread. */
  interface Steps {
    /**
     * Takes a message for a room, null for where the member speaks; it need not reach anybody
     * before {@link #flush}.
     */
    void said(Member member, @Nullable String room, String text);

    /** Hands on what was taken, to be kept and delivered. */
    void flush();

    /** Nothing else waits at this moment. */
    void settled();

    /** Now and then. */
    void tidy();

    /** Nothing has happened for a while. */
    void idle();
  }

  private sealed interface Entry permits Said, Change, End {}

  private record Said(Member member, @Nullable String room, String text, long bytes)
      implements Entry {}

  private record Change(Runnable change, long bytes) implements Entry {}

  private record End() implements Entry {}

  private final Steps steps;
  private final LinkedBlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private long tidiedNanos = System.nanoTime();
  private volatile boolean closed;

  Sequencer(Steps steps) {
    this.steps = steps;
  }

  void start() {
    Thread.ofPlatform()
        .daemon()
        .name("fivefold-chat")
        .start(() -> {
          try {
            run();
          } finally {
            closed = true;
            ended.complete(null);
          }
        });
  }

  /**
   * Says it in its turn in a room, null for where the member speaks; false when too much waits
   * already. Any thread.
   */
  boolean say(Member member, @Nullable String room, String text) {
    long bytes = reserve(text);
    return bytes > 0 && entries.add(new Said(member, room, text, bytes));
  }

  /** Does what a line asks for in its turn; false when too much waits already. Any thread. */
  boolean ask(String line, Runnable change) {
    long bytes = reserve(line);
    return bytes > 0 && entries.add(new Change(change, bytes));
  }

  /**
   * Does it in its turn, after all that was said before has been delivered. For what a peer cannot
   * ask for again and again. Any thread.
   */
  void execute(Runnable change) {
    entries.add(new Change(change, 0));
  }

  /** What the line counts for while it waits; 0 when there is no room for it. */
  private long reserve(String line) {
    long bytes = OVERHEAD_BYTES + 2L * line.length();
    if (waitingBytes.addAndGet(bytes) > LIMIT_WAITING_BYTES) {
      waitingBytes.addAndGet(-bytes);
      return 0;
    }
    return bytes;
  }

  /** False once nothing is done any more. */
  boolean isOpen() {
    return !closed;
  }

  private void run() {
    boolean goOn = true;
    while (goOn) {
      try {
        Entry first = entries.poll(TIDY_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        goOn = first == null || batch(first);
        tidyIfDue();
        if (first == null) {
          steps.idle();
        }
      } catch (InterruptedException end) {
        goOn = false;
      } catch (RuntimeException | StackOverflowError e) {
        // One request that fails must not end the chat for all.
        LOG.log(Level.ERROR, "the chat goes on after an error", e);
      }
    }
  }

  private boolean batch(Entry first) {
    int said = 0;
    Entry entry = first;
    while (entry != null) {
      switch (entry) {
        case Said(Member member, String room, String text, long bytes) -> {
          waitingBytes.addAndGet(-bytes);
          steps.said(member, room, text);
          if (++said % BATCH_LIMIT == 0) {
            steps.flush();
          }
        }
        case Change(Runnable change, long bytes) -> {
          waitingBytes.addAndGet(-bytes);
          steps.flush();
          change.run();
        }
        case End() -> {
          steps.flush();
          return false;
        }
      }
      entry = entries.poll();
    }
    steps.flush();
    steps.settled();
    return true;
  }

  private void tidyIfDue() {
    long nowNanos = System.nanoTime();
    if (nowNanos - tidiedNanos > TIDY_EVERY.toNanos()) {
      tidiedNanos = nowNanos;
      steps.tidy();
    }
  }

  /** Does what was asked for until now, and ends. */
  @Override
  public void close() {
    entries.add(new End());
    // Not the thread's: this one is not ended by an interrupt.
    ended.join();
  }
}
