package fivefold.net.multiplexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.fixture.OpenDescriptors;
import fivefold.net.fixture.Pipe;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.SocketOptions;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.NativeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mechanisms that refuse, and what they leave behind when they do. */
@Timeout(60)
final class PollerFaultsTest {
  static List<Named<PollerFactory>> pollers() {
    return TestPollers.available();
  }

  private static void assumeSelect() {
    assumeTrue(new SelectPollerFactory().availability().isAvailable());
  }

  @Test
  void selectRefusesDescriptorsFrom1024On() throws IOException {
    assumeSelect();
    int high = 1024;
    try (Pipe pipe = new Pipe();
        Poller poller = new SelectPollerFactory().open()) {
      assertThat(Descriptors.duplicate(pipe.readEnd(), high, Descriptors.O_CLOEXEC))
          .isEqualTo(high);
      try {
        assertThatThrownBy(() -> poller.register(high, Interest.READ, ""))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("descriptor 1024")
            .hasMessageContaining("1023")
            .hasMessageContaining("poll or epoll");
        assertThat(poller.find(high)).isNull();
      } finally {
        Descriptors.close(high);
      }
      assertThat(Descriptors.duplicate(pipe.readEnd(), high - 1, Descriptors.O_CLOEXEC))
          .isEqualTo(high - 1);
      try {
        poller.register(high - 1, Interest.READ, "");
        pipe.write(1);
        ReadyList ready = new ReadyList();
        assertThat(poller.poll(-1, ready)).isEqualTo(1);
        assertThat(ready.registration(0).descriptor()).isEqualTo(high - 1);
        poller.unregister(ready.registration(0));
      } finally {
        Descriptors.close(high - 1);
      }
    }
  }

  /** Its own wake-up needs a descriptor below 1024 as well. */
  @Test
  void selectSaysSoWhenAllLowDescriptorsAreTaken() {
    assumeSelect();
    Deque<Integer> taken = new ArrayDeque<>();
    try {
      do {
        taken.push(Descriptors.duplicate(0));
        assumeTrue(taken.peek() >= 0, "the limit of descriptors is below 1024");
      } while (taken.peek() < 1024);
      int before = OpenDescriptors.count();

      assertThatThrownBy(() -> new SelectPollerFactory().open())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("select")
          .hasMessageContaining("1023");
      assertThat(OpenDescriptors.count()).isEqualTo(before);
    } finally {
      taken.forEach(Descriptors::close);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void withoutDescriptorsItSaysSoAndLeavesNone(PollerFactory pollers) throws Exception {
    // All classes that the failure needs are loaded before there are no files to load them from.
    pollers.open().close();
    assertThat(NativeException.of("warm", -Errno.EMFILE)).hasMessageContaining("EMFILE");
    boolean failed = false;
    for (int left = 3; left >= 0; left--) {
      int before = OpenDescriptors.count();
      IOException thrown = null;
      try (AutoCloseable limit = OpenDescriptors.leaving(left)) {
        try {
          pollers.open().close();
        } catch (IOException e) {
          thrown = e;
        }
      }
      failed |= thrown != null;
      assertThat(OpenDescriptors.count()).as("%s left", left).isEqualTo(before);
      if (left == 0) {
        assertThat(thrown).isNotNull();
      }
    }
    assertThat(failed).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void withoutDescriptorsItLeavesNoMemory(PollerFactory pollers) throws Exception {
    pollers.open().close();
    int attempts = 50_000;
    // A leak of the smallest of their arrays would be 25 MB in each round. What the JVM takes for
    // itself, such as a thread more that compiles, it takes once.
    long fewestPages = Long.MAX_VALUE;
    for (int round = 0; round < 5 && fewestPages >= 2500; round++) {
      long beforePages = virtualPages();
      failToOpen(pollers, attempts);
      fewestPages = Math.min(fewestPages, virtualPages() - beforePages);
    }
    assertThat(fewestPages).isLessThan(2500);
  }

  private static void failToOpen(PollerFactory pollers, int attempts) throws Exception {
    try (AutoCloseable limit = OpenDescriptors.leaving(0)) {
      for (int i = 0; i < attempts; i++) {
        try {
          pollers.open().close();
        } catch (IOException e) {
          // As it should.
        }
      }
    }
  }

  private static long virtualPages() throws IOException {
    try (Scanner numbers = new Scanner(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII)) {
      return numbers.nextLong();
    }
  }

  @Test
  void nioForgetsWhatItCouldNotRegister() throws IOException {
    NioPollerFactory pollers = new NioPollerFactory();
    NioTransport transport = (NioTransport) pollers.transport();
    int handle =
        transport.bindDatagram(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), SocketOptions.forClient());
    try (Poller poller = pollers.open()) {
      transport.channel(handle).close();

      assertThatThrownBy(() -> poller.register(handle, Interest.READ, ""))
          .isInstanceOf(ClosedChannelException.class);
      assertThat(poller.find(handle)).isNull();
    } finally {
      transport.close(handle);
    }
  }

  @Test
  void epollDropsAnEventOfANumbersFormerUse() throws IOException {
    assumeTrue(new EpollPollerFactory().availability().isAvailable());
    try (Pipe former = new Pipe();
        Pipe latter = new Pipe();
        Poller poller = new EpollPollerFactory().open()) {
      int number = Descriptors.duplicate(former.readEnd());
      poller.register(number, Interest.READ, "former");
      // Closed too early, and the file stays open by its other number: the kernel watches on.
      Descriptors.duplicate(latter.readEnd(), number, Descriptors.O_CLOEXEC);
      poller.unregister(poller.find(number));
      poller.register(number, Interest.READ, "latter");
      former.write(1);
      ReadyList ready = new ReadyList();
      assertThat(poller.poll(0, ready)).as("the former's event").isZero();

      latter.write(1);
      assertThat(poller.poll(0, ready)).isEqualTo(1);
      assertThat(ready.registration(0).attachment()).isEqualTo("latter");
      poller.unregister(ready.registration(0));
      Descriptors.close(number);
    }
  }

  @Test
  void epollRefusesWhatItCannotWatch() throws IOException {
    assumeTrue(new EpollPollerFactory().availability().isAvailable());
    try (Poller poller = new EpollPollerFactory().open()) {
      assertThatThrownBy(() -> poller.register(1_000_000, Interest.READ, ""))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("epoll_ctl")
          .hasMessageContaining("EBADF");
      assertThat(poller.find(1_000_000)).isNull();
      assertThat(poller.registered()).isEmpty();
    }
  }
}
