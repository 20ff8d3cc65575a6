package fivefold.lab.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Made-up results for tests of what reads them. */
public final class Samples {
  private Samples() {}

  /** Figures of a round that took so much CPU time a request. */
  public static RoundFigures round(int round, double cpuMicros) {
    double rate = 1e6 / cpuMicros;
    return new RoundFigures(
        round,
        0.5,
        (long) (rate / 2),
        rate,
        100.0,
        200.0,
        300.0,
        400.0,
        500.0,
        cpuMicros,
        cpuMicros / 4,
        cpuMicros * 3 / 4,
        0.99,
        0.8,
        0.5,
        20.0,
        8e7,
        0,
        0,
        0,
        null,
        null,
        0.0,
        0.01,
        12.0,
        1L,
        2.5);
  }

  /** A round in which the load generator and the server were busy, and others too. */
  public static RoundFigures busy(int round, double load, double server, double others) {
    RoundFigures quiet = round(round, 4);
    return new RoundFigures(
        round,
        0.5,
        1000,
        2000,
        1.0,
        1.0,
        1.0,
        1.0,
        1.0,
        quiet.cpuMicros(),
        quiet.userMicros(),
        quiet.systemMicros(),
        server,
        load,
        0.5,
        20.0,
        8e7,
        0,
        0,
        0,
        null,
        null,
        0.0,
        others,
        12.0,
        0L,
        0.0);
  }

  /** A round of an open loop with so many replies a second, its generator late by so much. */
  public static RoundFigures open(int round, double rate, double p99Micros, double lateMicros) {
    return open(round, rate, p99Micros, lateMicros, 0);
  }

  /** The same on a machine where others used so many cores. */
  public static RoundFigures open(
      int round, double rate, double p99Micros, double lateMicros, double others) {
    RoundFigures quiet = round(round, 4);
    return new RoundFigures(
        round,
        0.5,
        (long) (rate / 2),
        rate,
        1.0,
        1.0,
        p99Micros,
        p99Micros,
        p99Micros,
        quiet.cpuMicros(),
        quiet.userMicros(),
        quiet.systemMicros(),
        0.5,
        1.0,
        0.5,
        20.0,
        8e7,
        0,
        0,
        0,
        lateMicros,
        0L,
        0.0,
        others,
        12.0,
        0L,
        0.0);
  }

  /** A round on a machine that tells nothing of processes. */
  public static RoundFigures unmeasured(int round) {
    return new RoundFigures(
        round, 0.5, 1000, 2000, 100.0, 200.0, 300.0, 400.0, 500.0, null, null, null, null, null,
        null, null, null, 0, 0, 0, null, null, null, null, null, null, null);
  }

  public static Row row(
      String name,
      List<RoundFigures> rounds,
      List<RoundFigures> reference,
      @Nullable String error) {
    return new Row(
        name,
        name,
        "multiplexing",
        64,
        List.of(),
        error,
        new OnceFigures(2.0, 1024.0, 2048.0),
        rounds,
        rounds.isEmpty() ? null : Summary.of(rounds, reference),
        rounds.isEmpty()
            ? List.of()
            : List.of(new LatencyPoint(50, 100), new LatencyPoint(99, 300)),
        null);
  }

  public static List<RoundFigures> rounds(double... cpuMicros) {
    List<RoundFigures> rounds = new ArrayList<>();
    for (double micros : cpuMicros) {
      rounds.add(round(rounds.size() + 1, micros));
    }
    return rounds;
  }

  /** Settings for some models, the first of them the reference. */
  public static Settings settings(int loops, @Nullable String serverCores, String... models) {
    return new Settings(
        new Workload("echo", 64, 64, 1),
        List.of(models),
        models[0],
        6,
        500,
        150,
        2000,
        loops,
        serverCores,
        serverCores == null ? null : "1",
        List.of());
  }

  /** The same in an open loop. */
  public static Settings openSettings(double rate) {
    Settings closed = settings(1, "0", "a");
    return new Settings(
        new Workload("echo", 64, 64, 1, rate, null, null),
        closed.models(),
        closed.reference(),
        closed.rounds(),
        closed.durationMillis(),
        closed.roundWarmupMillis(),
        closed.warmupMillis(),
        closed.loops(),
        closed.serverCores(),
        closed.loadCores(),
        closed.notes());
  }

  public static Results results(List<String> warnings, List<Row> rows) {
    return results(
        new Point(
            settings(1, "0", rows.stream().map(Row::name).toArray(String[]::new)),
            true,
            warnings,
            rows));
  }

  public static Results results(Point... points) {
    return new Results(
        Results.SCHEMA,
        "0.1",
        new Machine("A CPU", 2, "Linux", "JDK", null, true, 1L << 34, "2026-01-01T00:00:00Z"),
        List.of(points));
  }

  /** One setting of a sweep; a row named "cut" has one connection only. */
  public static Point point(int connections, Row... rows) {
    Settings one = settings(1, "0", Arrays.stream(rows).map(Row::name).toArray(String[]::new));
    return new Point(
        new Settings(
            one.workload().withConnections(connections),
            one.models(),
            one.reference(),
            one.rounds(),
            one.durationMillis(),
            one.roundWarmupMillis(),
            one.warmupMillis(),
            one.loops(),
            one.serverCores(),
            one.loadCores(),
            one.notes()),
        true,
        List.of(),
        Arrays.stream(rows).map(row -> withConnections(connections, row)).toList());
  }

  private static Row withConnections(int connections, Row row) {
    return new Row(
        row.name(),
        row.model(),
        row.family(),
        row.name().equals("cut") ? 1 : connections,
        row.notes(),
        row.error(),
        row.once(),
        row.rounds(),
        row.summary(),
        row.latencyCurve(),
        row.latencyHistogram());
  }
}
