package fivefold.cli.console;

import fivefold.net.ServerStats;
import java.io.PrintWriter;

/** Counts since the start, one a line. */
final class StatsView {
  private StatsView() {}

  static void print(ServerStats stats, PrintWriter out) {
    line(out, "open", stats.open());
    line(out, "accepted", stats.accepted());
    line(out, "refused", stats.refused());
    line(out, "accept pauses", stats.acceptPauses());
    line(out, "bytes received", stats.receivedBytes());
    line(out, "bytes sent", stats.sentBytes());
    line(out, "datagrams received", stats.receivedDatagrams());
    line(out, "datagrams sent", stats.sentDatagrams());
    line(out, "dropped", stats.dropped());
    line(out, "handler errors", stats.handlerErrors());
  }

  private static void line(PrintWriter out, String what, long count) {
    out.printf("%-20s %,d%n", what, count);
  }
}
