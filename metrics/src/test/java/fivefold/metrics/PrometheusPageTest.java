package fivefold.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.IoModel;
import fivefold.net.Server;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a scrape shows is what was done. */
@Timeout(120)
final class PrometheusPageTest {
  private static final int REQUESTS = 7;
  private static final int REQUEST_BYTES = 100;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @ParameterizedTest
  @EnumSource(names = {"THREAD", "VIRTUAL", "SELECT", "EPOLL", "EPOLL_POOL", "NIO", "IO_URING"})
  void countsWhatWasDone(IoModel model) throws Exception {
    assumeTrue(model.availability().isAvailable());
    try (PrometheusPage page = PrometheusPage.open(0);
        Server server =
            Server.tcp(0, () -> (connection, data) -> connection.send(data))
                .model(model)
                .probe(new ServerMeters(page.registry(), Tags.of("server", "echo")))
                .start()) {
      try (Socket client = new Socket(LOOPBACK, server.port())) {
        for (int i = 0; i < REQUESTS; i++) {
          client.getOutputStream().write(new byte[REQUEST_BYTES]);
          assertThat(client.getInputStream().readNBytes(REQUEST_BYTES)).hasSize(REQUEST_BYTES);
        }
        // The reply may be here before the call that sent it has been counted.
        await()
            .untilAsserted(() ->
                assertThat(scrape(page))
                    .containsEntry("fivefold_connections_open{server=\"echo\"}", 1.0)
                    .containsEntry("fivefold_connections_accepted_total{server=\"echo\"}", 1.0)
                    .containsEntry("fivefold_received_bytes_total{server=\"echo\"}", 700.0)
                    .containsEntry("fivefold_sent_bytes_total{server=\"echo\"}", 700.0)
                    .containsEntry("fivefold_outbox_bytes{server=\"echo\"}", 0.0)
                    .containsEntry(calls("open"), 1.0)
                    .containsEntry(calls("receive"), (double) REQUESTS)
                    .containsEntry(calls("close"), 0.0));
      }
      String closed = "fivefold_connections_closed_total{reason=\"peer-closed\",server=\"echo\"}";
      await()
          .untilAsserted(() ->
              assertThat(scrape(page))
                  .containsEntry("fivefold_connections_open{server=\"echo\"}", 0.0)
                  .containsEntry(closed, 1.0)
                  .containsEntry(calls("end"), 1.0)
                  .containsEntry(calls("close"), 1.0));
      assertThat(server.loops()).hasSize(model.name().matches("THREAD|VIRTUAL") ? 0 : 1);
      server.close();
      assertThat(scrape(page)).doesNotContainKey("fivefold_connections_open{server=\"echo\"}");
    }
  }

  private static String calls(String call) {
    return "fivefold_handler_calls_seconds_count{call=\"" + call + "\",server=\"echo\"}";
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "IO_URING"})
  void tellsWorkFromWaiting(IoModel model) throws Exception {
    assumeTrue(model.availability().isAvailable());
    try (PrometheusPage page = PrometheusPage.open(0);
        Server server =
            Server.tcp(
                    0,
                    () ->
                        (connection, data) -> {
                          Thread.sleep(Duration.ofMillis(50));
                          connection.send(data);
                        })
                .model(model)
                .probe(new ServerMeters(page.registry()))
                .start();
        Socket client = new Socket(LOOPBACK, server.port())) {
      for (int i = 0; i < REQUESTS; i++) {
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
      }
      String loop = "{loop=\"fivefold-" + model.word() + "-0\"}";
      await()
          .untilAsserted(() -> {
            // The times are those of turns that are over, so the loop has to come round.
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            Map<String, Double> seen = scrape(page);
            assertThat(seen.get("fivefold_loop_work_seconds_total" + loop))
                .isGreaterThanOrEqualTo(0.05 * REQUESTS);
            assertThat(seen.get("fivefold_loop_wait_seconds_total" + loop)).isPositive();
            assertThat(seen.get("fivefold_loop_turns_total" + loop))
                .isGreaterThanOrEqualTo(REQUESTS);
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "NIO", "IO_URING"})
  void showsALoopThatIsKept(IoModel model) throws Exception {
    assumeTrue(model.availability().isAvailable());
    CountDownLatch kept = new CountDownLatch(1);
    try (PrometheusPage page = PrometheusPage.open(0);
        Server server =
            Server.tcp(0, () -> (connection, data) -> kept.await())
                .model(model)
                .stallLimit(Duration.ofMillis(50))
                .probe(new ServerMeters(page.registry()))
                .start();
        Socket client = new Socket(LOOPBACK, server.port())) {
      client.getOutputStream().write(1);
      await()
          .untilAsserted(() ->
              assertThat(scrape(page))
                  .containsEntry("fivefold_loops_stalled", 1.0)
                  .containsEntry("fivefold_loop_stalls_seconds_count", 0.0));
      kept.countDown();
      await()
          .untilAsserted(() ->
              assertThat(scrape(page))
                  .containsEntry("fivefold_loops_stalled", 0.0)
                  .containsEntry("fivefold_loop_stalls_seconds_count", 1.0));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VIRTUAL", "EPOLL", "IO_URING"})
  void countsDatagrams(IoModel model) throws Exception {
    assumeTrue(model.availability().isAvailable());
    try (PrometheusPage page = PrometheusPage.open(0);
        Server server =
            Server.udp(0, (peer, datagram) -> peer.reply(datagram))
                .model(model)
                .probe(new ServerMeters(page.registry(), Tags.of("server", "echo")))
                .start();
        DatagramSocket client = new DatagramSocket()) {
      DatagramPacket packet = new DatagramPacket(new byte[10], 10, LOOPBACK, server.port());
      client.send(packet);
      client.receive(packet);
      await()
          .untilAsserted(() ->
              assertThat(scrape(page))
                  .containsEntry("fivefold_received_datagrams_total{server=\"echo\"}", 1.0)
                  .containsEntry("fivefold_sent_datagrams_total{server=\"echo\"}", 1.0)
                  .containsEntry(calls("receive"), 1.0));
    }
  }

  /** To walk them asks each loop, and one that a handler keeps lets the page wait. */
  @Test
  void walksTheConnectionsOnceAScrape() throws Exception {
    AtomicInteger walks = new AtomicInteger();
    try (PrometheusPage page = PrometheusPage.open(0);
        Server server = Server.tcp(0, () -> (connection, data) -> {}).start()) {
      ServerMeters meters = new ServerMeters(page.registry());
      meters.started(
          (Server)
              Proxy.newProxyInstance(
                  Server.class.getClassLoader(),
                  new Class<?>[] {Server.class},
                  (proxy, method, arguments) -> {
                    if (method.getName().equals("connections")) {
                      walks.incrementAndGet();
                    }
                    return method.invoke(server, arguments);
                  }));
      assertThat(scrape(page))
          .containsKeys("fivefold_outbox_bytes", "fivefold_outbox_deepest_bytes");
      assertThat(walks).hasValue(1);
    }
  }

  @Test
  void answersNothingElse() throws Exception {
    try (PrometheusPage page = PrometheusPage.open(0)) {
      assertThat(get(page, "/metrics/more").statusCode()).isEqualTo(404);
      assertThat(get(page, "/").statusCode()).isEqualTo(404);
      HttpResponse<String> found = get(page, "/metrics");
      assertThat(found.statusCode()).isEqualTo(200);
      assertThat(found.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/plain; version=0.0.4");
    }
  }

  /** Each sample by its name with its labels. */
  private static Map<String, Double> scrape(PrometheusPage page) throws Exception {
    return get(page, "/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf(' ')),
                line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))));
  }

  private static HttpResponse<String> get(PrometheusPage page, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
