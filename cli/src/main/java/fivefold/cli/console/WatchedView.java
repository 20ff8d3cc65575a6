package fivefold.cli.console;

import fivefold.net.IoModel;
import fivefold.net.Watched;
import java.io.PrintWriter;
import java.util.List;

/** What the poller watches, one a line. */
final class WatchedView {
  private static final int LIMIT_LINES = 100;

  private WatchedView() {}

  static void print(List<Watched> watched, IoModel model, PrintWriter out) {
    if (watched.isEmpty()) {
      out.println("registered: nothing; the model " + model + " has no poller");
      return;
    }
    for (Watched each : watched.subList(0, Math.min(LIMIT_LINES, watched.size()))) {
      out.printf("%6d %-10s %s%n", each.descriptor(), each.interest(), each.what());
    }
    if (watched.size() > LIMIT_LINES) {
      out.println("... and " + (watched.size() - LIMIT_LINES) + " more");
    }
    out.println("registered: " + watched.size());
  }
}
