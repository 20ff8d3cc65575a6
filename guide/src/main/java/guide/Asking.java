package guide;

import fivefold.net.client.Client;
import fivefold.net.client.ConnectionPool;
import fivefold.net.style.Conversation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

class Asking {
  static @Nullable String once(int port, String question) throws Exception {
    try (Conversation server = Client.connect("localhost", port)) {
      server.writeLine(question);
      return server.readLine();
    }
  }

  static ConnectionPool pool(int port) {
    return new ConnectionPool(
        Client.to("localhost", port)
            .connectTimeout(Duration.ofSeconds(2))
            .idleTimeout(Duration.ofMinutes(1)),
        16);
  }

  static String often(ConnectionPool pool, String question) throws Exception {
    return pool.call(server -> {
      server.writeLine(question);
      return String.valueOf(server.readLine());
    });
  }
}
