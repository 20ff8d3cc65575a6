package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.net.fixture.Client;
import fivefold.net.fixture.Models;
import fivefold.net.fixture.OpenDescriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections come as fast as they can at the moment of the stop. */
@Timeout(120)
final class StopInAcceptStormTest {
  private static final int CALLERS = 3;

  static List<IoModel> models() {
    return Models.available();
  }

  /** Counts openings and closings over all connections. */
  private record Counting(AtomicInteger opened, AtomicInteger closed) implements StreamHandler {
    @Override
    public void onOpen(Connection connection) {
      opened.incrementAndGet();
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      connection.send(data);
    }

    @Override
    public void onClose(Connection connection, CloseReason reason) {
      closed.incrementAndGet();
    }
  }

  private static void callAgainAndAgain(int port, AtomicBoolean over) {
    while (!over.get()) {
      try (Client client = new Client(port)) {
        client.ask("hello");
      } catch (IOException e) {
        // Too late, or cut off.
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyConnectionThatOpenedClosesAndNothingIsLeft(IoModel model) throws Exception {
    AtomicInteger opened = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    // Once before: what the JDK opens once stays open.
    storm(model, opened, closed);
    int before = OpenDescriptors.count();

    storm(model, opened, closed);

    await().untilAsserted(() -> assertThat(OpenDescriptors.count()).isEqualTo(before));
    assertThat(opened.get()).isPositive();
    assertThat(closed).hasValue(opened.get());
  }

  private static void storm(IoModel model, AtomicInteger opened, AtomicInteger closed)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> callers = new ArrayList<>();
    Server server =
        Server.tcp(0, () -> new Counting(opened, closed)).model(model).loops(2).workers(4).start();
    try {
      int target = opened.get() + 50;
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Thread.ofPlatform().start(() -> callAgainAndAgain(server.port(), over)));
      }
      await().until(() -> opened.get() >= target);

      StopReport report = server.stop(Duration.ofSeconds(10));

      assertThat(report.aborted()).as(report.toString()).isZero();
      assertThat(server.stats().open()).isZero();
    } finally {
      over.set(true);
      server.close();
      for (Thread each : callers) {
        each.join();
      }
    }
  }
}
