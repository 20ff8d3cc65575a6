package fivefold.cli;

import fivefold.metrics.PrometheusPage;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an operator sees of a server while it runs. */
final class MetricsFlags {
  @Option(
      names = "--metrics",
      paramLabel = "PORT",
      converter = WholeNumber.class,
      description = {
        "Show counts and times to Prometheus: http://localhost:PORT/metrics, for this machine only;",
        "0 lets the system choose."
      })
  @Nullable Integer port;

  @Option(
      names = "--stall-limit",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = {
        "Log a loop that does not come round for so long, with what keeps it (500ms); 0 for never."
      })
  @Nullable Duration stallLimit;

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
