package fivefold.lab.exhibit;

import java.util.concurrent.locks.LockSupport;

/** A thread that does something after a while, as a peer does; joined when closed. */
final class Feeder implements AutoCloseable {
  private final Thread thread;

  private Feeder(Thread thread) {
    this.thread = thread;
  }

  static Feeder after(long nanos, Runnable action) {
    return new Feeder(
        Thread.ofPlatform()
            .name("exhibit-feeder")
            .daemon()
            .start(() -> {
              rest(nanos);
              action.run();
            }));
  }

  static Feeder now(Runnable action) {
    return after(0, action);
  }

  /** Parks for at least so long. */
  static void rest(long nanos) {
    long end = System.nanoTime() + nanos;
    long left = nanos;
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = end - System.nanoTime();
    }
  }

  @Override
  public void close() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
