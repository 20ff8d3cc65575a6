package fivefold.lab.compare;

import fivefold.lab.load.ConnectionWatch;
import fivefold.lab.load.LoadGenerator;
import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.LoadResult;
import fivefold.lab.load.Mix;
import fivefold.lab.load.Protocol;
import fivefold.lab.load.WindowObserver;
import fivefold.lab.record.Results;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Workload;
import fivefold.net.loop.PollerFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same work to each server, round after round, and measures.
 *
 * <pre>{@code
 * Results results = new Comparison(settings, contenders, corePlan, Progress.NONE).run();
 * }</pre>
 *
 * <p>All servers are started and warmed up first, then they take turns in short measurements: A B C
 * A B C. A slow phase of the machine so meets all of them, and a ratio taken within a round does
 * not see it. While it is not a server's turn its process is stopped.
 *
 * <p>Belongs to the thread that calls {@link #run}; only {@link #stop} may be called from others.
 */
public final class Comparison {
  private static final Duration START_PATIENCE = Duration.ofSeconds(20);

  /** About what it takes to start a server, and to connect and disconnect, for the time left. */
  private static final Duration START_TIME = Duration.ofMillis(500);

  private static final Duration CONNECT_TIME = Duration.ofMillis(50);

  /** To open a connection, have it answered, and close it. */
  private static final Duration TIME_OF_CONNECTION = Duration.ofNanos(100_000);

  private static final int WARMUP_CONNECTIONS = 64;

  /** Long enough to count system calls. */
  private static final long ONCE_MILLIS = 100;

  private static final long ONCE_WARMUP_MILLIS = 50;

  /** Ctrl-C reaches the servers too: one that has just ended may have ended by that. */
  private static final long SIGNAL_NANOS = 300_000_000;

  private final Settings settings;
  private final @Nullable CorePlan corePlan;
  private final @Nullable PollerFactory sockets;
  private final Schedule schedule;
  private final List<Lane> lanes;
  private @Nullable ConnectionWatch watch;
  private volatile boolean stopped;
  private volatile @Nullable LoadGenerator generator;

  /**
   * A comparison that has not begun.
   *
   * @param corePlan null leaves all threads where the system puts them
   */
  public Comparison(
      Settings settings,
      List<Contender> contenders,
      @Nullable CorePlan corePlan,
      Progress progress) {
    this(settings, contenders, corePlan, progress, null);
  }

  /**
   * The same by sockets of choice, such as ones that speak TLS.
   *
   * @param sockets null for the best of this machine
   */
  public Comparison(
      Settings settings,
      List<Contender> contenders,
      @Nullable CorePlan corePlan,
      Progress progress,
      @Nullable PollerFactory sockets) {
    this.settings = settings;
    this.sockets = sockets;
    this.corePlan = corePlan;
    this.lanes =
        contenders.stream().map(contender -> new Lane(contender, settings.workload())).toList();
    Duration connecting =
        CONNECT_TIME.plus(TIME_OF_CONNECTION.multipliedBy(settings.workload().connections()));
    this.schedule =
        new Schedule(
            progress,
            lanes.size(),
            START_TIME
                .plus(connecting)
                .plus(connecting)
                .plusMillis(settings.warmupMillis() + ONCE_WARMUP_MILLIS + ONCE_MILLIS),
            settings.rounds(),
            connecting.plusMillis(settings.roundWarmupMillis() + settings.durationMillis()));
  }

  /** Has the connections looked at while it runs; before {@link #run}. */
  public void watch(ConnectionWatch observer) {
    watch = observer;
  }

  /** About how long it will take. */
  public Duration expectedTime() {
    return schedule.whole();
  }

  /** Ends it early: {@link #run} returns what has been finished. Thread-safe. */
  public void stop() {
    stopped = true;
    LoadGenerator running = generator;
    if (running != null) {
      running.stop();
    }
  }

  /**
   * Runs it. A server that fails has its error in its row; the others go on.
   *
   * @throws IOException when no load can be made at all
   */
  public Results run() throws IOException, InterruptedException {
    int finishedRounds = 0;
    try (Pinning pinning = new Pinning(corePlan);
        LoadGenerator load = newGenerator()) {
      generator = load;
      startAll(load, pinning);
      for (int round = 1; round <= settings.rounds() && !stopped; round++) {
        runRound(round, load);
        finishedRounds += stopped ? 0 : 1;
      }
    } finally {
      generator = null;
      lanes.forEach(Lane::terminate);
      lanes.forEach(Lane::close);
    }
    return ResultsOf.lanes(settings, lanes, finishedRounds == settings.rounds());
  }

  private LoadGenerator newGenerator() throws IOException {
    LoadGenerator load = sockets == null ? new LoadGenerator() : new LoadGenerator(sockets);
    if (watch != null) {
      load.watch(watch);
    }
    return load;
  }

  private void startAll(LoadGenerator load, Pinning pinning) throws InterruptedException {
    for (Lane lane : lanes) {
      if (stopped) {
        return;
      }
      schedule.starting(lane.name());
      attempt(
          lane,
          () -> {
            ServerProcess server = lane.start(pinning, START_PATIENCE);
            warmUp(lane, load);
            server.requireAlive();
            if (!stopped) {
              lane.measuredOnce(
                  OnceMeasurement.of(
                      load, plan(lane, ONCE_WARMUP_MILLIS, ONCE_MILLIS), server.pid()));
            }
            server.requireAlive();
            server.pause();
          });
    }
  }

  /** Where the memory of connections is to be seen there must not have been as many before. */
  private void warmUp(Lane lane, LoadGenerator load) throws IOException {
    LoadPlan plan = plan(lane, settings.warmupMillis(), 1);
    load.run(
        plan.connections() < OnceMeasurement.LEAST_CONNECTIONS
            ? plan
            : plan.withConnections(WARMUP_CONNECTIONS),
        WindowObserver.NONE);
  }

  private void runRound(int round, LoadGenerator load) throws InterruptedException {
    for (Lane lane : lanes) {
      if (stopped) {
        return;
      }
      schedule.measuring(round, lane.name());
      ServerProcess server = lane.server();
      if (server != null) {
        attempt(lane, () -> measure(round, lane, server, load));
      }
    }
  }

  private void measure(int round, Lane lane, ServerProcess server, LoadGenerator load)
      throws IOException, InterruptedException {
    server.resume();
    ServerProbe probe = new ServerProbe(server.pid());
    LoadResult result =
        load.run(plan(lane, settings.roundWarmupMillis(), settings.durationMillis()), probe);
    if (result.stopped()) {
      return;
    }
    server.requireAlive();
    if (result.windowNanos() == 0) {
      throw new ServerFailure(
          "answered no request in round "
              + round
              + (result.firstFailure() == null ? "" : ": " + result.firstFailure()));
    }
    lane.measured(probe.figures(round, result), result);
    server.pause();
  }

  private LoadPlan plan(Lane lane, long warmupMillis, long durationMillis) {
    Workload workload = lane.workload();
    return new LoadPlan(
        lane.requireServer().address(),
        workload.repliesSame()
            ? new Protocol.Echo(workload.messageBytes())
            : new Protocol.UpperCase(workload.messageBytes()),
        workload.connections(),
        workload.pipeline(),
        workload.rate() == null ? 0 : workload.rate(),
        workload.mix() == null ? Mix.STEADY : Mix.of(workload.mix()),
        Duration.ofMillis(warmupMillis),
        Duration.ofMillis(durationMillis),
        LoadPlan.DEFAULT_PATIENCE);
  }

  private interface Attempt {
    void run() throws IOException, InterruptedException;
  }

  private void attempt(Lane lane, Attempt attempt) throws InterruptedException {
    try {
      attempt.run();
    } catch (IOException e) {
      long end = System.nanoTime() + SIGNAL_NANOS;
      while (!stopped && System.nanoTime() - end < 0) {
        Thread.sleep(10);
      }
      if (!stopped) {
        lane.failed(String.valueOf(e.getMessage()));
      }
    }
  }
}
