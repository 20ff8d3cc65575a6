package fivefold.lab.compare;

import fivefold.lab.load.LoadResult;
import fivefold.lab.record.OnceFigures;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One contender on its way through the comparison: its process, and what has been measured. */
final class Lane implements AutoCloseable {
  private static final long LATENCY_LIMIT_NANOS = 3_600_000_000_000L;

  /** Descriptors a server opens besides its connections: a few after a look at how many it has. */
  private static final int SPARE_DESCRIPTORS = 32;

  private static final int SILENT_ROUNDS_LIMIT = 3;

  private final Contender contender;
  private final List<String> notes;
  private final List<RoundFigures> rounds = new ArrayList<>();
  private final Histogram latencyNanos = new Histogram(LATENCY_LIMIT_NANOS, 3);
  private Workload workload;
  private @Nullable OnceFigures once;
  private int silentRounds;
  private @Nullable ServerProcess server;
  private @Nullable String error;
  private @Nullable String firstFailure;

  Lane(Contender contender, Workload workload) {
    this.contender = contender;
    this.notes = new ArrayList<>(contender.notes());
    int most = contender.connectionLimit();
    this.workload =
        most > 0 && workload.connections() > most ? workload.withConnections(most) : workload;
  }

  String name() {
    return contender.name();
  }

  Contender contender() {
    return contender;
  }

  /** What it is given to do: less than was asked for when a limit cuts it off. */
  Workload workload() {
    return workload;
  }

  /** Null before it was started, and when it has failed. */
  @Nullable ServerProcess server() {
    return error == null ? server : null;
  }

  ServerProcess requireServer() {
    ServerProcess there = server;
    if (there == null) {
      throw new IllegalStateException(name() + " was not started");
    }
    return there;
  }

  ServerProcess start(Pinning pinning, Duration patience) throws IOException, InterruptedException {
    ServerProcess started = ServerProcess.start(contender, pinning, patience);
    server = started;
    if (contender.descriptorLimit() > 0) {
      cutToDescriptors(new LinuxProcess(started.pid()).openDescriptors());
    }
    return started;
  }

  /** A descriptor's number is the lowest that is free, so the limit is on how many there are. */
  private void cutToDescriptors(int open) {
    int most = contender.descriptorLimit() - open - SPARE_DESCRIPTORS;
    if (workload.connections() > most) {
      notes.add(
          "cut to %d of %d connections: it cannot use descriptors from %d on"
              .formatted(most, workload.connections(), contender.descriptorLimit()));
      workload = workload.withConnections(most);
    }
  }

  /**
   * Enters a round. One without a single reply has nothing to divide by: a very busy machine may
   * have given the server no time. It is left out, and said to be; a server that answers no round
   * has failed.
   */
  void measured(RoundFigures figures, LoadResult load) throws ServerFailure {
    if (load.requests() == 0) {
      notes.add("left out round " + figures.round() + ": no reply in the window");
      if (++silentRounds == SILENT_ROUNDS_LIMIT) {
        throw new ServerFailure("no reply in " + silentRounds + " rounds");
      }
      return;
    }
    rounds.add(figures);
    latencyNanos.add(load.latencyNanos());
    if (firstFailure == null && load.firstFailure() != null) {
      firstFailure = load.firstFailure();
      notes.add("first failure: " + firstFailure);
    }
  }

  void measuredOnce(OnceFigures figures) {
    once = figures;
  }

  @Nullable OnceFigures once() {
    return once;
  }

  void failed(String why) {
    error = why;
    close();
  }

  List<String> notes() {
    return notes;
  }

  @Nullable String error() {
    return error;
  }

  List<RoundFigures> rounds() {
    return rounds;
  }

  Histogram latencyNanos() {
    return latencyNanos;
  }

  /** Asks the server to end; many can do so at a time. */
  void terminate() {
    ServerProcess there = server;
    if (there != null) {
      there.terminate();
    }
  }

  @Override
  public void close() {
    ServerProcess there = server;
    if (there != null) {
      there.close();
      server = null;
    }
  }
}
