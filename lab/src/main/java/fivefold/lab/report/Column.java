package fivefold.lab.report;

import fivefold.lab.record.OnceFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Spread;
import fivefold.lab.record.Summary;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column of figures: what it is, how it was measured, and where it is found. */
record Column(
    String title, String explanation, Function<Row, @Nullable Spread> figure, double factor) {
  static final Column THROUGHPUT =
      new Column(
          "requests/s",
          "Replies that came back in the window, over its length. One thread makes the load; where that"
              + " thread was at its limit (see load) this is its figure, not the server's.",
          over(Summary::requestsPerSecond),
          1);

  static final Column CPU =
      new Column(
          "CPU µs/request",
          "CPU time of the server process, all its threads, user and kernel, over the window"
              + " (clock_gettime on the process's CPU clock), divided by the requests. The figure to"
              + " compare by: it does not depend on how fast the load generator is.",
          over(Summary::cpuMicros),
          1);

  static final Column USER =
      new Column(
          "user",
          "The part of it outside the kernel: the total divided as utime and stime of /proc/PID/stat"
              + " are, which the kernel counts in hundredths of a second.",
          over(Summary::userMicros),
          1);

  static final Column SYSTEM =
      new Column("system", "The part of it in the kernel.", over(Summary::systemMicros), 1);

  static final Column P50 =
      new Column(
          "p50 µs",
          "Half of the requests took at most so long, until the reply has been read and compared. In a"
              + " closed loop this begins just before a request is sent, and a slow server is asked"
              + " less, so that its longest delays weigh less than in real life. In an open loop"
              + " (--rate) it begins when the request was due, also when it could not be sent yet:"
              + " nothing is left out, and a server that is too slow for the rate shows it.",
          over(Summary::p50Micros),
          1);

  static final Column P90 =
      new Column("p90 µs", "Nine of ten took at most so long.", over(Summary::p90Micros), 1);

  static final Column P99 = new Column("p99 µs", "99 of a hundred.", over(Summary::p99Micros), 1);

  static final Column P999 =
      new Column("p99.9 µs", "999 of a thousand.", over(Summary::p999Micros), 1);

  static final Column MAX =
      new Column("max µs", "The longest of the round.", over(Summary::maxMicros), 1);

  static final Column SWITCHES =
      new Column(
          "switches/request",
          "Context switches of the server's threads, voluntary and not, from"
              + " /proc/PID/task/*/status, over a somewhat longer window with its own count of"
              + " requests.",
          over(Summary::contextSwitches),
          1);

  static final Column THREADS =
      new Column(
          "threads",
          "Threads of the server process, the JVM's among them.",
          over(Summary::threads),
          1);

  static final Column RSS =
      new Column(
          "RSS MiB",
          "Resident memory of the server process after the window. Most of it is the JVM; the heap is"
              + " not collected before.",
          over(Summary::rssBytes),
          1.0 / (1 << 20));

  static final Column LOAD =
      new Column(
          "load",
          "CPU time of the load generator's thread over time. Near 1 it was the bottleneck.",
          over(Summary::loadBusy),
          1);

  static final Column CALLS =
      new Column(
          "calls/request",
          "System calls of the server's threads, counted by the kernel's tracepoint"
              + " raw_syscalls:sys_enter (perf_event_open) over a tenth of a second before the"
              + " rounds, since counting makes each call slower. Where this user may not count, and"
              + " above 2,000 threads, it is left out.",
          once(OnceFigures::systemCalls),
          1);

  static final Column OPEN =
      new Column(
          "open ms",
          "How long it took until all connections were open and had their first reply; 32 at a time"
              + " wait for it.",
          over(Summary::openMillis),
          1);

  static final Column HEAP =
      new Column(
          "heap B/connection",
          "Heap in use after a collection (jcmd), with all connections less with none, once before"
              + " the rounds; from 500 connections on, of JVMs.",
          once(OnceFigures::heapBytesPerConnection),
          1);

  static final Column RSS_EACH =
      new Column(
          "RSS B/connection",
          "The same of resident memory, threads' stacks among it; what the kernel keeps for sockets"
              + " is not in it.",
          once(OnceFigures::rssBytesPerConnection),
          1);

  static final Column GC =
      new Column(
          "GC ms",
          "Time that the server's JVM collected garbage in the window, by the counters it keeps"
              + " for jstat.",
          over(Summary::collectionMillis),
          1);

  /** In the order of the table. */
  static final List<Column> ALL =
      List.of(
          THROUGHPUT,
          CPU,
          USER,
          SYSTEM,
          P50,
          P90,
          P99,
          P999,
          MAX,
          SWITCHES,
          CALLS,
          THREADS,
          RSS,
          RSS_EACH,
          HEAP,
          OPEN,
          GC,
          LOAD);

  private static Function<Row, @Nullable Spread> over(Function<Summary, @Nullable Spread> figure) {
    return row -> {
      Summary summary = row.summary();
      return summary == null ? null : figure.apply(summary);
    };
  }

  private static Function<Row, @Nullable Spread> once(
      Function<OnceFigures, @Nullable Double> figure) {
    return row -> {
      OnceFigures once = row.once();
      Double value = once == null ? null : figure.apply(once);
      return value == null ? null : Spread.of(value);
    };
  }

  /** The figure in the column's unit, or null when it was not measured. */
  @Nullable Spread of(Row row) {
    Spread spread = figure.apply(row);
    return spread == null
        ? null
        : new Spread(spread.median() * factor, spread.min() * factor, spread.max() * factor);
  }
}
