package fivefold.net.multiplexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.fixture.TcpPair;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.sys.Kqueue;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class KqueuePollerTest {
  private static final long LONG_NANOS = 10_000_000_000L;

  private static void assumeKqueue() {
    Availability availability = IoModel.KQUEUE.availability();
    assumeTrue(availability.isAvailable(), availability.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mac OS X", "FreeBSD", "OpenBSD"})
  void whereTheKernelHasItTheSocketsAreMissingAndNioIsIt(String os) {
    assertThat(KqueuePollerFactory.availability(os, false))
        .isInstanceOfSatisfying(
            Availability.Unavailable.class,
            why -> {
              assertThat(why.reason()).contains("sockets").endsWith("this is " + os);
              assertThat(why.remedy()).startsWith("choose nio");
            });
  }

  @Test
  void withoutTheLibraryItSaysWhatToInstall() {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assumeTrue(Kqueue.unavailable().isPresent(), "libkqueue is there");
    assertThat(IoModel.KQUEUE.availability())
        .isInstanceOfSatisfying(
            Availability.Unavailable.class,
            why -> {
              assertThat(why.reason()).isEqualTo("needs libkqueue.so.0");
              assertThat(why.remedy()).contains("apt-get install libkqueue0").contains("epoll");
            });
  }

  @Test
  void bothFiltersOfOneDescriptorAreOneEntry() throws IOException {
    assumeKqueue();
    KqueuePollerFactory pollers = new KqueuePollerFactory();
    ReadyList ready = new ReadyList();
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      pair.sendFar("x");
      Registration registration =
          poller.register(pair.near(), Interest.READ | Interest.WRITE, "both");
      while (poller.poll(LONG_NANOS, ready) == 1
          && ready.events(0) != (Interest.READ | Interest.WRITE)) {
        // The byte is on its way.
      }
      assertThat(ready.size()).isEqualTo(1);
      assertThat(ready.events(0)).isEqualTo(Interest.READ | Interest.WRITE);

      poller.modify(registration, Interest.READ);
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
      assertThat(ready.events(0)).isEqualTo(Interest.READ);
    }
  }

  @Test
  void refusesWhatIsNotOpen() throws IOException {
    assumeKqueue();
    try (Poller poller = new KqueuePollerFactory().open()) {
      assertThatThrownBy(() -> poller.register(1_000_000, Interest.READ, ""))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("kevent")
          .hasMessageContaining("EBADF");
      assertThat(poller.registered()).isEmpty();
    }
  }
}
