package fivefold.lab.site;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events (HTML, section 9.2). Thread-safe. */
final class EventStream implements AutoCloseable {
  private final HttpExchange exchange;
  private final OutputStream out;

  EventStream(HttpExchange exchange) throws IOException {
    this.exchange = exchange;
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    out = exchange.getResponseBody();
  }

  /**
   * Sends one event.
   *
   * @throws IOException when nobody listens any more
   */
  synchronized void send(String event, String data) throws IOException {
    StringBuilder text = new StringBuilder("event: ").append(event).append('\n');
    data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    out.write(text.append("\n").toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    exchange.close();
  }
}
