package fivefold.net.loop;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One readiness mechanism: says which of many descriptors can be read or written without blocking.
 *
 * <pre>{@code
 * try (Poller poller = Poller.best()) {
 *   ReadyList ready = new ReadyList();
 *   poller.register(descriptor, Interest.READ, "the keyboard");
 *   while (poller.poll(-1, ready) >= 0) {
 *     for (int i = 0; i < ready.size(); i++) {
 *       System.out.println(ready.registration(i).attachment());
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Belongs to one thread; only {@link #wakeup} may be called from others.
 */
public interface Poller extends AutoCloseable {

  /**
   * Starts to watch a descriptor.
   *
   * @param interest bits of {@link Interest}
   * @param attachment comes back with each event
   * @throws IOException when the mechanism cannot watch it, as select(2) cannot from 1024 on
   */
  Registration register(int descriptor, int interest, Object attachment) throws IOException;

  /** Changes what is watched for. */
  void modify(Registration registration, int interest) throws IOException;

  /** Ceases to watch; to be called before the descriptor is closed. */
  void unregister(Registration registration);

  /**
   * Waits until something is ready, the time is over, or {@link #wakeup}.
   *
   * @param timeoutNanos 0 does not wait, a negative number waits forever
   * @param ready is cleared and filled
   * @return how many are ready; 0 for time over, wake-up, or a signal (signal(7))
   */
  int poll(long timeoutNanos, ReadyList ready) throws IOException;

  /** Ends the wait under way, or else the next one, early. Thread-safe. */
  void wakeup();

  /** The registration of a descriptor, or null. */
  @Nullable Registration find(int descriptor);

  /** What is watched now, by descriptor; a copy. */
  Map<Integer, Registration> registered();

  /**
   * Whether readiness is told once per change (edge-triggered) and not as long as it lasts: then
   * one must read until EAGAIN.
   */
  default boolean isEdgeTriggered() {
    return false;
  }

  /**
   * Whether an event disarms its registration until the next {@link #modify} (EPOLLONESHOT), which
   * may then be called from any thread.
   */
  default boolean isOneShot() {
    return false;
  }

  @Override
  void close();

  /** The best mechanism of this machine for many descriptors: epoll, else poll, else select. */
  static Poller best() throws IOException {
    return PollerFactory.best().open();
  }
}
