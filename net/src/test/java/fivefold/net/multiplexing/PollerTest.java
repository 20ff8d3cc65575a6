package fivefold.net.multiplexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.IoModel;
import fivefold.net.fixture.TcpPair;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every mechanism promises. */
@Timeout(30)
final class PollerTest {
  /** Longer than anything here takes, shorter than the patience of a reader. */
  private static final long LONG_NANOS = 10_000_000_000L;

  private static final SocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final ReadyList ready = new ReadyList();

  static List<Named<PollerFactory>> pollers() {
    return TestPollers.available();
  }

  private static void drop(Transport transport, int handle) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    while (transport.receive(handle, buffer.clear()) > 0) {
      // Until it is empty.
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void tellsOfBytesThatHaveCome(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      Registration registration = poller.register(pair.near(), Interest.READ, "attached");
      assertThat(poller.poll(0, ready)).isZero();

      pair.sendFar("x");

      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
      assertThat(ready.size()).isEqualTo(1);
      assertThat(ready.registration(0)).isSameAs(registration);
      assertThat(ready.registration(0).attachment()).isEqualTo("attached");
      assertThat(ready.registration(0).descriptor()).isEqualTo(pair.near());
      assertThat(ready.events(0)).isEqualTo(Interest.READ);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void tellsOfTheEndOfInput(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      poller.register(pair.near(), Interest.READ, "");

      pair.endFar();

      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
      assertThat(ready.events(0) & Interest.READ).isEqualTo(Interest.READ);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void tellsOfRoomToWriteOnlyWhileAsked(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      Registration registration = poller.register(pair.near(), Interest.READ, "");
      assertThat(poller.poll(0, ready)).isZero();

      poller.modify(registration, Interest.READ | Interest.WRITE);
      assertThat(registration.interest()).isEqualTo(Interest.READ | Interest.WRITE);
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
      assertThat(ready.events(0)).isEqualTo(Interest.WRITE);

      poller.modify(registration, Interest.READ);
      assertThat(poller.poll(0, ready)).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void tellsBothAtOnce(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      pair.sendFar("x");
      poller.register(pair.near(), Interest.READ | Interest.WRITE, "");

      int events = 0;
      while (events != (Interest.READ | Interest.WRITE)) {
        assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
        events |= ready.events(0);
        poller.modify(ready.registration(0), Interest.READ | Interest.WRITE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void tellsNothingOfWhatIsNotWanted(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      Registration registration = poller.register(pair.near(), Interest.NONE, "");
      pair.sendFar("x");
      assertThat(poller.poll(0, ready)).isZero();

      poller.modify(registration, Interest.READ);
      assertThat(poller.poll(LONG_NANOS, ready)).as("it was there all along").isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void unregisteredIsNotToldOfAndMayComeAgain(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      Registration first = poller.register(pair.near(), Interest.READ, "first");
      pair.sendFar("x");
      poller.unregister(first);
      assertThat(first.isLive()).isFalse();
      assertThat(poller.poll(0, ready)).isZero();

      poller.unregister(poller.register(pair.near(), Interest.READ, "second"));
      Registration third = poller.register(pair.near(), Interest.READ, "third");
      assertThat(third.generation()).isNotEqualTo(first.generation());
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
      assertThat(ready.registration(0)).isSameAs(third);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void registeringTwiceIsAMistake(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      poller.register(pair.near(), Interest.READ, "");

      assertThatThrownBy(() -> poller.register(pair.near(), Interest.READ, ""))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("registered already");
      pair.sendFar("x");
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void findsAndListsWhatIsRegistered(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      assertThat(poller.registered()).isEmpty();
      Registration near = poller.register(pair.near(), Interest.READ, "near");
      Registration far = poller.register(pair.far(), Interest.NONE, "far");

      Map<Integer, Registration> copy = poller.registered();
      assertThat(copy).containsOnly(Map.entry(pair.near(), near), Map.entry(pair.far(), far));
      assertThat(new ArrayList<>(copy.keySet())).isSorted();
      assertThat(poller.find(pair.near())).isSameAs(near);
      assertThat(poller.find(pair.near() + 1000)).isNull();
      assertThat(poller.find(-1)).isNull();

      poller.unregister(near);
      assertThat(poller.find(pair.near())).isNull();
      assertThat(poller.registered()).containsOnlyKeys(pair.far());
      assertThat(copy).as("a copy").hasSize(2);
      assertThat(far).hasToString(pair.far() + " none far");
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void waitsAsLongAsToldAndNoShorter(PollerFactory pollers) throws IOException {
    long timeoutNanos = 20_500_000;
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      poller.register(pair.near(), Interest.READ, "");
      long beforeNanos = System.nanoTime();
      assertThat(poller.poll(timeoutNanos, ready)).isZero();
      assertThat(System.nanoTime() - beforeNanos).isGreaterThanOrEqualTo(timeoutNanos);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void anotherThreadEndsAWaitForEver(PollerFactory pollers) throws Exception {
    try (Poller poller = pollers.open()) {
      CountDownLatch aboutToWait = new CountDownLatch(1);
      Thread other =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  aboutToWait.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                poller.wakeup();
              });
      aboutToWait.countDown();
      assertThat(poller.poll(-1, ready)).isZero();
      other.join();
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void wokenBeforeItsWaitItDoesNotWaitAndThenWaitsAgain(PollerFactory pollers) throws IOException {
    try (Poller poller = pollers.open()) {
      poller.wakeup();
      poller.wakeup();
      poller.wakeup();
      assertThat(poller.poll(-1, ready)).isZero();

      long timeoutNanos = 5_000_000;
      long beforeNanos = System.nanoTime();
      assertThat(poller.poll(timeoutNanos, ready)).isZero();
      assertThat(System.nanoTime() - beforeNanos)
          .as("the wake-ups have been used up")
          .isGreaterThanOrEqualTo(timeoutNanos);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void aWakeUpHidesNoEvent(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      poller.register(pair.near(), Interest.READ, "");
      pair.sendFar("x");
      poller.wakeup();

      int found = poller.poll(LONG_NANOS, ready);
      assertThat(found == 0 ? poller.poll(LONG_NANOS, ready) : found).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void aResetComesWithWhatWasAsked(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      poller.register(pair.near(), Interest.READ, "");

      pair.resetFar();

      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
      assertThat(ready.events(0) & Interest.READ).isEqualTo(Interest.READ);
    }
  }

  /** What Interest.HANGUP says: by epoll and poll; select, kqueue and java.nio do not tell it. */
  @ParameterizedTest
  @MethodSource("pollers")
  void aResetIsToldUnaskedWhereTheMechanismCan(PollerFactory pollers) throws IOException {
    Set<IoModel> cannot = EnumSet.of(IoModel.SELECT, IoModel.KQUEUE, IoModel.NIO);
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      poller.register(pair.near(), Interest.NONE, "");

      pair.resetFar();

      if (cannot.contains(pollers.model())) {
        assertThat(poller.poll(0, ready)).isZero();
      } else {
        assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
        assertThat(ready.events(0)).isEqualTo(Interest.HANGUP);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void anEventOfTheSameWaitIsStaleOnceItsNumberIsAnothers(PollerFactory pollers)
      throws IOException {
    Transport transport = pollers.transport();
    try (TcpPair first = new TcpPair(transport);
        TcpPair second = new TcpPair(transport);
        Poller poller = pollers.open()) {
      poller.register(first.near(), Interest.READ, "first");
      poller.register(second.near(), Interest.READ, "second");
      first.sendFar("x");
      second.sendFar("x");
      while (poller.poll(LONG_NANOS, ready) < 2) {
        // Both are on their way; a one-shot poller has told one already.
        for (Registration each : poller.registered().values()) {
          poller.modify(each, Interest.READ);
        }
      }
      Registration handled = ready.registration(0);
      Registration stale = ready.registration(1);
      TcpPair itsPair = stale.descriptor() == first.near() ? first : second;

      // The handler of the first event closes the other connection, and the number is given out
      // again.
      poller.unregister(stale);
      itsPair.closeNear();
      Deque<Integer> opened = new ArrayDeque<>();
      try {
        do {
          opened.push(transport.bindDatagram(LOOPBACK, SocketOptions.forClient()));
        } while (opened.peek() != stale.descriptor());
        Registration fresh = poller.register(opened.peek(), Interest.READ, "third");

        assertThat(stale.isLive()).isFalse();
        assertThat(handled.isLive()).isTrue();
        assertThat(fresh.isLive()).isTrue();
        assertThat(fresh.generation()).isNotEqualTo(stale.generation());
        poller.unregister(fresh);
      } finally {
        opened.forEach(transport::close);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void watchesManyAndTellsOfEach(PollerFactory pollers) throws IOException {
    int count = 150; // beyond the first size of every table: 64, 128
    Transport transport = pollers.transport();
    List<TcpPair> pairs = new ArrayList<>();
    try (Poller poller = pollers.open()) {
      for (int i = 0; i < count; i++) {
        TcpPair pair = new TcpPair(transport);
        pairs.add(pair);
        poller.register(pair.near(), Interest.READ, pair);
      }
      assertThat(poller.registered()).hasSize(count);
      pairs.forEach(pair -> pair.sendFar("x"));
      assertThat(told(poller, transport, count)).hasSize(count);

      // Every second leaves, from the middle of every table.
      for (int i = 0; i < count; i += 2) {
        poller.unregister(poller.find(pairs.get(i).near()));
      }
      assertThat(poller.registered()).hasSize(count / 2);
      pairs.forEach(pair -> pair.sendFar("y"));
      Set<Object> rest = told(poller, transport, count / 2);
      assertThat(rest)
          .isEqualTo(
              pairs.stream()
                  .filter(pair -> pairs.indexOf(pair) % 2 == 1)
                  .collect(Collectors.toSet()));
    } finally {
      pairs.forEach(TcpPair::close);
    }
  }

  /** Waits until so many different ones have been told, reading each empty. */
  private Set<Object> told(Poller poller, Transport transport, int count) throws IOException {
    Set<Object> told = new HashSet<>();
    while (told.size() < count) {
      assertThat(poller.poll(LONG_NANOS, ready)).isPositive();
      for (int i = 0; i < ready.size(); i++) {
        Registration registration = ready.registration(i);
        told.add(registration.attachment());
        drop(transport, registration.descriptor());
        poller.modify(registration, Interest.READ);
      }
    }
    assertThat(poller.poll(0, ready)).isZero();
    return told;
  }
}
