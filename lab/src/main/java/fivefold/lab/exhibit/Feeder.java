package fivefold.lab.exhibit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A thread that does something after a while, as a peer does; waited for when closed. */
final class Feeder implements AutoCloseable {
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private Feeder() {}

  static Feeder after(long nanos, Runnable action) {
    Feeder feeder = new Feeder();
    Thread.ofPlatform()
        .name("exhibit-feeder")
        .daemon()
        .start(() -> {
          try {
            rest(nanos);
            action.run();
          } finally {
            feeder.ended.complete(null);
          }
        });
    return feeder;
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
    // Not the thread's: this one is not ended by an interrupt.
    ended.join();
  }
}
