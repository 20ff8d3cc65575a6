package fivefold.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry, and the page {@code /metrics} that shows it in Prometheus' text format, on the
 * loopback address. Meant for an agent on the same machine: no TLS, and whoever can connect can
 * read. Thread-safe.
 */
public final class PrometheusPage implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  // One scrape at a time, on a thread that ends nothing but itself.
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("fivefold-metrics").factory());
  private final HttpServer http;

  private PrometheusPage(HttpServer http) {
    this.http = http;
  }

  /**
   * Serves the page.
   *
   * @param port 0 lets the system choose
   * @throws IOException when the port cannot be bound
   */
  public static PrometheusPage open(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    PrometheusPage page = new PrometheusPage(HttpServer.create(address, 16));
    page.http.createContext("/metrics", page::answer);
    page.http.setExecutor(page.thread);
    page.http.start();
    return page;
  }

  /** Where to register what the page shows. */
  public MeterRegistry registry() {
    return registry;
  }

  public int port() {
    return http.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      if (!exchange.getRequestURI().getPath().equals("/metrics")) {
        exchange.sendResponseHeaders(404, -1);
      } else if (method.equals("GET") || method.equals("HEAD")) {
        byte[] text = registry.scrape(TEXT).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT);
        exchange.sendResponseHeaders(200, method.equals("HEAD") ? -1 : text.length);
        if (method.equals("GET")) {
          exchange.getResponseBody().write(text);
        }
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        exchange.sendResponseHeaders(405, -1);
      }
    }
  }

  /** Ends the page at once; the registry stays readable. */
  @Override
  public void close() {
    http.stop(0);
    thread.shutdownNow();
  }
}
