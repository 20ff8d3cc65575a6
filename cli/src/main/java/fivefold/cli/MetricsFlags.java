package fivefold.cli;

import fivefold.metrics.PrometheusPage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an operator sees of a server while it runs. */
final class MetricsFlags {
  @Nullable Integer port;
  @Nullable Duration stallLimit;

  void addTo(Flags flags) {
    flags.value(
        "--metrics",
        "PORT",
        new WholeNumber(),
        value -> port = value,
        "Show counts and times to Prometheus: http://localhost:PORT/metrics, for this machine only;",
        "0 lets the system choose.");
    flags.value(
        "--stall-limit",
        "TIME",
        new TimeSpan(),
        value -> stallLimit = value,
        "Log a loop that does not come round for so long, with what keeps it (500ms); 0 for never.");
  }

  /** Opens the page that was asked for. */
  @Nullable PrometheusPage open() throws IOException {
    if (port == null) {
      return null;
    }
    if (port < 0 || port > 65_535) {
      throw new UsageException("--metrics is " + port + "; expected a port, 0 to 65535");
    }
    try {
      PrometheusPage page = PrometheusPage.open(port);
      System.getLogger("fivefold.serve")
          .log(Level.INFO, "metrics: http://localhost:" + page.port() + "/metrics");
      return page;
    } catch (IOException e) {
      throw new FailureException(
          "cannot show metrics on port "
              + port
              + ": "
              + e.getMessage()
              + "; give --metrics another port, or 0 for any that is free");
    }
  }
}
