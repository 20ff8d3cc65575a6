package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.fixture.Client;
import fivefold.net.fixture.Models;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class StopReportTest {
  static List<IoModel> models() {
    return Models.available();
  }

  @Test
  void readsAsOneLine() {
    assertThat(new StopReport(3, 1, 4096, 12_345_678))
        .hasToString("3 drained, 1 aborted, 4096 bytes lost, in 12 ms");
  }

  @ParameterizedTest
  @MethodSource("models")
  void twoThatStopGetTheSameReportAndTheRestHearOfIt(IoModel model) throws Exception {
    Server server = Server.tcp(0, () -> Connection::send).model(model).start();
    try (Client client = new Client(server.port())) {
      client.ask("hello");
      CompletableFuture<Boolean> heard =
          CompletableFuture.supplyAsync(() -> {
            try {
              server.awaitClose();
              return true;
            } catch (InterruptedException e) {
              return false;
            }
          });
      CompletableFuture<StopReport> other =
          CompletableFuture.supplyAsync(() -> server.stop(Duration.ofSeconds(5)));
      StopReport report = server.stop(Duration.ofSeconds(5));

      assertThat(other.get(20, TimeUnit.SECONDS)).isSameAs(report);
      assertThat(heard.get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(report.drained() + report.aborted()).isEqualTo(1);
      assertThat(report.aborted()).isZero();
      assertThat(server.connections()).isEmpty();
      assertThat(server.watched()).isEmpty();
      assertThat(server.stats().open()).isZero();
      assertThat(server.stats().accepted()).isEqualTo(1);
      server.close();
    }
  }
}
