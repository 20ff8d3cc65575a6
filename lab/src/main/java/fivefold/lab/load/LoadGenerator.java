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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * A wait of epoll_wait(2) is in whole milliseconds and may last one more: for the last of them
   * before a request is due the poller is asked again and again instead. With one processor that
   * would only take the server's time.
   */
  private static final long SPIN_NANOS =
      Runtime.getRuntime().availableProcessors() > 1 ? 2_000_000 : 0;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ReadyList ready = new ReadyList();
  private final Transport transport;
  private final Poller poller;
  private long expiryNanos = System.nanoTime();
  private @Nullable ConnectionWatch watch;
  private long watchedNanos = expiryNanos;
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

  /** Has the connections of all later runs looked at. */
  public void watch(ConnectionWatch observer) {
    watch = observer;
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
    return run(plan, observer, null);
  }

  /**
   * The same, and writes down each request.
   *
   * @param log null for none
   */
  public LoadResult run(LoadPlan plan, WindowObserver observer, @Nullable RequestLog log)
      throws IOException {
    Tally tally = new Tally(log);
    Traffic traffic = traffic(plan, tally);
    Dialer dialer = new Dialer(transport, poller, traffic, tally, plan);
    Run run = new Run(dialer, traffic, tally, pacing(plan, traffic, tally));
    try {
      long startNanos = System.nanoTime();
      open(plan, run);
      run.tally().openNanos = dialer.isComplete() ? System.nanoTime() - startNanos : Double.NaN;
      return measure(plan, observer, run);
    } finally {
      dialer.connections().forEach(traffic::close);
    }
  }

  private Traffic traffic(LoadPlan plan, Tally tally) {
    if (plan.protocol() instanceof Protocol.Datagrams datagrams) {
      return new DatagramTraffic(transport, poller, datagrams, tally);
    }
    Dialogue dialogue = Dialogue.of(plan.protocol());
    return switch (plan.mix()) {
      case SLOW_READERS -> new SlowReaders(transport, poller, dialogue, tally);
      case SLOW_WRITERS -> new SlowWriters(transport, poller, dialogue, tally);
      case CHURN -> new Churning(transport, poller, dialogue, tally);
      default -> new StreamTraffic(transport, poller, dialogue, tally);
    };
  }

  private static Pacing pacing(LoadPlan plan, Traffic traffic, Tally tally) {
    return switch (plan.mix()) {
      case STEADY -> promptPacing(plan, traffic, tally, 0);
      case IDLE -> new FewActive(promptPacing(plan, traffic, tally, 0));
      case SLOW_READERS, SLOW_WRITERS ->
          new SlowAside(
              promptPacing(plan, traffic, tally, 0),
              new ClosedLoop(traffic, traffic.requestBytes()));
      case CHURN -> new Churn((Churning) traffic);
      case BURSTS ->
          plan.isOpenLoop()
              ? promptPacing(plan, traffic, tally, plan.pipeline())
              : new Bursts(traffic, traffic.requestBytes());
    };
  }

  private static Pacing promptPacing(
      LoadPlan plan, Traffic traffic, Tally tally, int requestsPerBurstAndConnection) {
    int requestBytes = traffic.requestBytes();
    return plan.isOpenLoop()
        ? new OpenLoop(
            traffic, tally, requestBytes, plan.requestsPerSecond(), requestsPerBurstAndConnection)
        : new ClosedLoop(traffic, requestBytes);
  }

  private record Run(Dialer dialer, Traffic traffic, Tally tally, Pacing pacing) {
    List<LoadConnection> connections() {
      return dialer.connections();
    }

    boolean isAlive() {
      return traffic.openConnections > 0;
    }
  }

  private void open(LoadPlan plan, Run run) throws IOException {
    Dialer dialer = run.dialer();
    Tally tally = run.tally();
    long answered = -1;
    long lastProgressNanos = System.nanoTime();
    dialer.dial();
    while (!dialer.isDone() && !stopped) {
      step(TICK_NANOS, run);
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
    // One that still waits for its first reply has that request in flight, and gets no more.
    run.pacing()
        .begin(
            run.connections().stream()
                .filter(connection -> connection.open && connection.completed > 0)
                .toList());
    Duration half = plan.warmup().dividedBy(2);
    pace(half, run);
    postponing(run, () -> observer.approaching(tally.completed));
    pace(half, run);

    postponing(run, observer::opened);
    long busyNanos = threads.getCurrentThreadCpuTime();
    long openedNanos = System.nanoTime();
    tally.openWindow(openedNanos);
    pace(plan.duration(), run);
    tally.closeWindow();
    long closedNanos = System.nanoTime();
    long windowNanos = closedNanos - openedNanos;
    busyNanos = threads.getCurrentThreadCpuTime() - busyNanos;
    observer.closed();
    run.pacing().end(closedNanos);
    run.traffic().hurry(run.connections());
    drain(run, plan.patience());
    observer.passed(tally.completed);
    return result(run, windowNanos, (double) busyNanos / windowNanos);
  }

  /** What the observer takes of the generator's time is no delay of the server's. */
  private static void postponing(Run run, Runnable observation) {
    long startNanos = System.nanoTime();
    observation.run();
    run.pacing().postponed(System.nanoTime() - startNanos);
  }

  private LoadResult result(Run run, long windowNanos, double busy) {
    Tally tally = run.tally();
    return new LoadResult(
        windowNanos,
        tally.requests,
        tally.latencyNanos,
        tally.lateNanos,
        tally.unsent,
        busy,
        tally.failures,
        tally.mismatches,
        tally.lost,
        run.connections().stream().filter(LoadConnection::isOwedReply).count(),
        tally.firstFailure,
        tally.openNanos,
        stopped);
  }

  /** Keeps the load going for some time. */
  private void pace(Duration time, Run run) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !stopped && run.isAlive()) {
      step(Math.min(left, untilDue(run)), run);
      left = end - System.nanoTime();
    }
  }

  /** Lets what is due go, and says how long the next wait may be. */
  private static long untilDue(Run run) throws IOException {
    long dueInNanos = run.pacing().advance();
    return Math.clamp(dueInNanos - SPIN_NANOS, 0, TICK_NANOS);
  }

  /** Takes the replies still due, until none has come for as long as patience lasts. */
  private void drain(Run run, Duration patience) throws IOException {
    long completed = run.tally().completed;
    long lastProgressNanos = System.nanoTime();
    while (!stopped && run.connections().stream().anyMatch(LoadConnection::isOwedReply)) {
      step(TICK_NANOS, run);
      if (run.tally().completed != completed) {
        completed = run.tally().completed;
        lastProgressNanos = System.nanoTime();
      } else if (System.nanoTime() - lastProgressNanos > patience.toNanos()) {
        return;
      }
    }
  }

  /** Waits once and deals with all that is ready. */
  private void step(long timeoutNanos, Run run) throws IOException {
    await(timeoutNanos, run.tally().log);
    for (int i = 0; i < ready.size(); i++) {
      Registration registration = ready.registration(i);
      if (registration.isLive()) {
        run.dialer()
            .ready((LoadConnection) registration.attachment(), ready.events(i), run.pacing());
      }
    }
    long nowNanos = System.nanoTime();
    if (nowNanos - expiryNanos > TICK_NANOS) {
      expiryNanos = nowNanos;
      for (LoadConnection connection : run.connections()) {
        run.traffic().expire(connection, run.pacing(), nowNanos);
      }
      look(run, nowNanos);
    }
  }

  /** Nothing but a test, fifty times a second, when nobody watches. */
  private void look(Run run, long nowNanos) {
    ConnectionWatch observer = watch;
    if (observer == null || nowNanos - watchedNanos < ConnectionWatch.INTERVAL_NANOS) {
      return;
    }
    watchedNanos = nowNanos;
    List<ConnectionSample> samples = new ArrayList<>(run.connections().size());
    for (LoadConnection connection : run.connections()) {
      samples.add(ConnectionSample.of(connection, nowNanos));
    }
    observer.sampled(run.dialer().target(), samples);
  }

  private void await(long timeoutNanos, @Nullable RequestLog log) throws IOException {
    if (log == null) {
      poller.poll(timeoutNanos, ready);
      return;
    }
    long fromNanos = System.nanoTime();
    poller.poll(timeoutNanos, ready);
    log.waited(fromNanos, System.nanoTime());
  }

  /** Closes the poller. */
  @Override
  public void close() {
    poller.close();
  }
}
