package guide;

import fivefold.metrics.PrometheusPage;
import fivefold.metrics.ServerMeters;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

class Measured {
  static Server start(
      int port, IoModel model, Supplier<? extends StreamHandler> handlers, PrometheusPage page)
      throws IOException {
    return Server.tcp(port, handlers)
        .model(model)
        .stallLimit(Duration.ofMillis(200))
        .probe(new ServerMeters(page.registry(), Tags.of("server", "echo")))
        .start();
  }
}
