package guide;

import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import fivefold.net.SlowConsumerPolicy;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

class Bounded {
  static Server start(int port, Supplier<StreamHandler> handlers, ServerListener log)
      throws IOException {
    return Server.tcp(port, handlers)
        .connectionLimit(2000)
        .idleTimeout(Duration.ofMinutes(2))
        .outbox(
            OutboxLimits.DEFAULT
                .withBytes(256 * 1024)
                .withAge(Duration.ofSeconds(10))
                .withPolicy(SlowConsumerPolicy.DROP_OLDEST))
        .listener(log)
        .start();
  }
}
