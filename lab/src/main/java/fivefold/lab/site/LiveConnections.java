package fivefold.lab.site;

import fivefold.lab.load.ConnectionSample;
import fivefold.lab.load.ConnectionWatch;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends a page what each connection of a load is doing. The load's thread only leaves its samples
 * here; a thread of this object's own reads the kernel's table and sends.
 *
 * <p>Reading that table takes longer the more sockets the machine has, so it is read less often
 * then: it may take a fiftieth of one processor.
 */
final class LiveConnections implements ConnectionWatch, AutoCloseable {
  private static final int SHARE = 50;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000_000;

  private final EventStream events;
  private final BlockingQueue<Seen> seen = new ArrayBlockingQueue<>(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final boolean sparesProcessor;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private record Seen(SocketAddress server, List<ConnectionSample> samples) {}

  /**
   * Begins to listen.
   *
   * @param sparesProcessor whether one is left for looking at the kernel's table. On that of the
   *     load it would stand in the generator's place, and all replies would lie unread meanwhile
   */
  LiveConnections(EventStream events, boolean sparesProcessor) {
    this.events = events;
    this.sparesProcessor = sparesProcessor;
    Thread.ofPlatform().daemon().name("lab-connections").start(this::send);
  }

  @Override
  public void sampled(SocketAddress server, List<ConnectionSample> samples) {
    // One that has not been taken yet is shown first; the next look is soon.
    boolean _ = seen.offer(new Seen(server, samples));
  }

  private void send() {
    try {
      long pauseNanos = 0;
      while (!closed.await(pauseNanos, TimeUnit.NANOSECONDS)) {
        seen.clear(); // from before the pause
        Seen next = seen.poll(INTERVAL_NANOS, TimeUnit.NANOSECONDS);
        pauseNanos = next == null ? 0 : Math.min(send(next) * SHARE, LONGEST_PAUSE_NANOS);
      }
    } catch (IOException gone) {
      // Nobody looks any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(null);
    }
  }

  /** Returns what it took. */
  private long send(Seen next) throws IOException {
    long fromNanos = System.nanoTime();
    SocketQueues queues =
        sparesProcessor && next.server instanceof InetSocketAddress inet
            ? SocketQueues.of(inet.getPort())
            : null;
    events.send("connections", ConnectionsJson.of(next.samples, queues));
    return System.nanoTime() - fromNanos;
  }

  /** Sends no more when this returns. Not by an interrupt, which would close the page's channel. */
  @Override
  public void close() {
    closed.countDown();
    // Not the thread's: this one is not ended by an interrupt.
    ended.join();
  }
}
