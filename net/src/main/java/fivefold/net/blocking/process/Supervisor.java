package fivefold.net.blocking.process;

import fivefold.sys.Descriptors;
import fivefold.sys.EventFd;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Poll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The server's one thread, in poll(2): for connections, for what the workers report, for the ends
 * of workers, and for what other threads ask.
 */
final class Supervisor implements Runnable {
  private static final System.Logger LOG = System.getLogger("fivefold.net.blocking.process");

  private static final int WAKE = 0;
  private static final int REPORTS = 1;
  private static final int LISTENER = 2;
  private static final int FIRST_WORKER = 3;

  /** A descriptor that poll passes over. */
  private static final int NONE = -1;

  private static final int LONGEST_WAIT_MILLIS = 60_000;

  private final Staff staff;
  private final Staffing staffing;
  private final Pipes pipes;
  private final int listener;
  private final int wake;
  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final List<WorkerProcess> polled = new ArrayList<>();
  private final Thread thread =
      Thread.ofPlatform().name("fivefold-processes").daemon().unstarted(this);
  private long entries;
  private int capacity;
  private volatile boolean ending;

  Supervisor(Staff staff, Staffing staffing, Pipes pipes, int listener) throws IOException {
    this.staff = staff;
    this.staffing = staffing;
    this.pipes = pipes;
    this.listener = listener;
    this.wake = EventFd.create();
    if (wake < 0) {
      throw NativeException.of("eventfd", wake);
    }
  }

  void start() {
    thread.start();
  }

  boolean isOnOwnThread() {
    return Thread.currentThread().equals(thread);
  }

  /** Runs the task on the supervisor's thread and waits for its end. */
  void ask(Runnable task) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    asked.add(() -> {
      try {
        task.run();
        done.complete(null);
      } catch (RuntimeException | Error e) {
        done.completeExceptionally(e);
      }
    });
    EventFd.signal(wake);
    done.join();
  }

  /** Ends the thread, and waits for it. */
  void end() {
    ending = true;
    EventFd.signal(wake);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void run() {
    staffing.begin();
    try {
      while (!ending) {
        turn();
      }
    } finally {
      Memory.free(entries);
      Descriptors.close(wake);
    }
  }

  private void turn() {
    try {
      int count = prepare();
      int ready = Poll.poll(entries, count, timeoutMillis());
      if (ready > 0) {
        handle();
      }
      if (staffing.dueInNanos() <= 0) {
        staffing.due();
      }
      for (Runnable task; (task = asked.poll()) != null; ) {
        task.run();
      }
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "the supervisor of processes goes on after an error", e);
    }
  }

  private int prepare() {
    polled.clear();
    polled.addAll(staff.workers());
    int count = FIRST_WORKER + polled.size();
    if (count > capacity) {
      Memory.free(entries);
      capacity = 2 * count;
      entries = Memory.allocate((long) capacity * Poll.ENTRY_BYTES);
    }
    Poll.put(entries, WAKE, wake, Poll.POLLIN);
    Poll.put(entries, REPORTS, pipes.reportsRead, Poll.POLLIN);
    Poll.put(entries, LISTENER, staffing.wantsToAccept() ? listener : NONE, Poll.POLLIN);
    for (int i = 0; i < polled.size(); i++) {
      Poll.put(entries, FIRST_WORKER + i, polled.get(i).endDescriptor(), Poll.POLLIN);
    }
    return count;
  }

  private int timeoutMillis() {
    long nanos = staffing.dueInNanos();
    return (int) Math.min(LONGEST_WAIT_MILLIS, nanos / 1_000_000 + (nanos > 0 ? 1 : 0));
  }

  private void handle() {
    if (Poll.returned(entries, WAKE) != 0) {
      EventFd.drain(wake);
    }
    // Before the ends: what a worker has written before it ended is in the pipe by then.
    staff.hear();
    for (int i = 0; i < polled.size(); i++) {
      if (Poll.returned(entries, FIRST_WORKER + i) != 0) {
        int exitCode = staff.reap(polled.get(i));
        if (exitCode >= 0) {
          staffing.ended(polled.get(i), exitCode);
        }
      }
    }
    if (Poll.returned(entries, LISTENER) != 0 && staffing.wantsToAccept()) {
      staffing.accept();
    }
  }
}
