package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.net.fixture.Client;
import fivefold.net.fixture.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A supplier that fails costs the connection that it was to serve, and no other. */
@Timeout(60)
final class HandlerSupplierTest {
  static List<Arguments> modelsAndFaults() {
    List<Named<Supplier<StreamHandler>>> faults =
        List.of(
            Named.of(
                "exception",
                () -> {
                  throw new IllegalStateException("planted");
                }),
            Named.of(
                "error",
                () -> {
                  throw new NoClassDefFoundError("planted");
                }),
            Named.of("null", () -> null));
    List<Arguments> all = new ArrayList<>();
    for (IoModel model : Models.available()) {
      faults.forEach(fault -> all.add(Arguments.of(model, fault)));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("modelsAndFaults")
  void theNextConnectionIsServed(IoModel model, Supplier<StreamHandler> fault) throws Exception {
    AtomicInteger made = new AtomicInteger();
    Supplier<StreamHandler> handlers =
        () -> made.getAndIncrement() == 0 ? fault.get() : Connection::send;
    try (Server server =
        Server.tcp(0, handlers).model(model).listener(new ServerListener() {}).start()) {
      try (Client unserved = new Client(server.port())) {
        assertThat(unserved.receiveAll()).isEmpty();
      }
      try (Client served = new Client(server.port())) {
        assertThat(served.ask("hello")).isEqualTo("hello");
      }
      await().until(() -> server.stats().open() == 0);
      assertThat(server.stats().handlerErrors()).isPositive();
    }
  }
}
