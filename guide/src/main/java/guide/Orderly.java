package guide;

import fivefold.net.Server;
import fivefold.net.StopReport;
import java.time.Duration;

class Orderly {
  static void stopOnSignal(Server server) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(stop(server))));
  }

  static StopReport stop(Server server) {
    return server.stop(Duration.ofSeconds(10)); // those that have not finished by then are cut off
  }
}
