package fivefold.lab.load;

import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Transport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/**
 * Drives a server with many connections from one thread, and compares every byte that comes back.
 *
 * <pre>{@code
 * try (var generator = new LoadGenerator()) {
 *   LoadResult result = generator.run(plan, WindowObserver.NONE);
 *   System.out.println(result.requestsPerSecond() + " " + result.errors());
 * }
 * }</pre>
 *
 * <p>A run opens its connections, warms up, measures, waits for what is in flight, and closes. It
 * belongs to the thread that calls it, and only {@link #stop} may be called from others; runs may
 * follow one another.
 */
public final class LoadGenerator implements AutoCloseable {
  /** How long a wait lasts at most, so that the clock is looked at. */
  private static final long TICK_NANOS = 20_000_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Pattern pattern = new Pattern();
  private final ReadyList ready = new ReadyList();
  private final Transport transport;
  private final Poller poller;
  private volatile boolean stopped;

  /** Opens the best poller of this machine. */
  public LoadGenerator() throws IOException {
    this(PollerFactory.best());
  }

  /** Uses a poller of choice. */
  public LoadGenerator(PollerFactory mechanism) throws IOException {
    this.transport = mechanism.transport();
    this.poller = mechanism.open();
  }

  /** Ends the run under way, and all later ones, early. Thread-safe. */
  public void stop() {
    stopped = true;
    poller.wakeup();
  }

  /**
   * Carries a plan out. What goes wrong with connections is counted, not thrown.
   *
   * @throws IOException when the poller itself fails
   */
  public LoadResult run(LoadPlan plan, WindowObserver observer) throws IOException {
    Tally tally = new Tally();
    Traffic traffic = new Traffic(transport, poller, pattern, tally, plan.messageBytes());
    Dialer dialer = new Dialer(transport, poller, traffic, tally, plan);
    try {
      open(plan, dialer, tally);
      return measure(plan, observer, new Run(dialer, traffic, tally));
    } finally {
      dialer.connections().forEach(traffic::close);
    }
  }

  private record Run(Dialer dialer, Traffic traffic, Tally tally) {
    List<LoadConnection> connections() {
      return dialer.connections();
    }

    boolean isAlive() {
      return traffic.openConnections > 0;
    }
  }

  private void open(LoadPlan plan, Dialer dialer, Tally tally) throws IOException {
    long answered = -1;
    long lastProgressNanos = System.nanoTime();
    dialer.dial();
    while (!dialer.isDone() && !stopped) {
      step(TICK_NANOS, dialer);
      long nowNanos = System.nanoTime();
      if (tally.completed != answered) {
        answered = tally.completed;
        lastProgressNanos = nowNanos;
      } else if (nowNanos - lastProgressNanos > plan.patience().toNanos()) {
        return; // those that wait are counted as unanswered when the window is closed
      }
      dialer.dial();
    }
  }

  private LoadResult measure(LoadPlan plan, WindowObserver observer, Run run) throws IOException {
    Tally tally = run.tally();
    if (tally.completed == 0) {
      // No server to measure: the window would only waste time.
      return result(run, 0, Double.NaN);
    }
    run.traffic().flowing = true;
    for (LoadConnection connection : run.connections()) {
      // One that still waits for its first reply has that request in flight, and gets no more.
      if (connection.open && connection.completed > 0) {
        connection.allow(plan.pipeline(), plan.messageBytes(), System.nanoTime());
        run.traffic().send(connection);
      }
    }
    Duration half = plan.warmup().dividedBy(2);
    pace(half, run);
    observer.approaching(tally.completed);
    pace(half, run);

    observer.opened();
    long busyNanos = threads.getCurrentThreadCpuTime();
    long openedNanos = System.nanoTime();
    tally.openWindow(openedNanos);
    pace(plan.duration(), run);
    tally.closeWindow();
    long windowNanos = System.nanoTime() - openedNanos;
    busyNanos = threads.getCurrentThreadCpuTime() - busyNanos;
    observer.closed();
    drain(run, plan.patience());
    observer.passed(tally.completed);
    return result(run, windowNanos, (double) busyNanos / windowNanos);
  }

  private LoadResult result(Run run, long windowNanos, double busy) {
    Tally tally = run.tally();
    return new LoadResult(
        windowNanos,
        tally.requests,
        tally.latencyNanos,
        busy,
        tally.failures,
        tally.mismatches,
        run.connections().stream().filter(LoadConnection::isOwedReply).count(),
        tally.firstFailure,
        stopped);
  }

  /** Keeps the load going for some time. */
  private void pace(Duration time, Run run) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !stopped && run.isAlive()) {
      step(Math.min(left, TICK_NANOS), run.dialer());
      left = end - System.nanoTime();
    }
  }

  /** Takes the replies still due, until none has come for as long as patience lasts. */
  private void drain(Run run, Duration patience) throws IOException {
    run.traffic().flowing = false;
    long completed = run.tally().completed;
    long lastProgressNanos = System.nanoTime();
    while (!stopped && run.connections().stream().anyMatch(LoadConnection::isOwedReply)) {
      step(TICK_NANOS, run.dialer());
      if (run.tally().completed != completed) {
        completed = run.tally().completed;
        lastProgressNanos = System.nanoTime();
      } else if (System.nanoTime() - lastProgressNanos > patience.toNanos()) {
        return;
      }
    }
  }

  /** Waits once and deals with all that is ready. */
  private void step(long timeoutNanos, Dialer dialer) throws IOException {
    poller.poll(timeoutNanos, ready);
    for (int i = 0; i < ready.size(); i++) {
      Registration registration = ready.registration(i);
      if (registration.isLive()) {
        dialer.ready((LoadConnection) registration.attachment(), ready.events(i));
      }
    }
  }

  /** Closes the poller. */
  @Override
  public void close() {
    poller.close();
  }
}
