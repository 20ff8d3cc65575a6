package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.fixture.Pipe;
import fivefold.net.fixture.TcpPair;
import fivefold.net.multiplexing.TestPollers;
import fivefold.sys.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loop as a public API: any descriptor, and a handler that says what it wants. */
@Timeout(60)
final class EventLoopTest {
  private static final long LONG_NANOS = 10_000_000_000L;

  static List<Named<PollerFactory>> pollersOfDescriptors() {
    return TestPollers.ofDescriptors();
  }

  static List<Named<PollerFactory>> pollers() {
    return TestPollers.available();
  }

  /** Notes what happens to it. */
  private static class Watched implements EventHandler {
    final List<String> events = new ArrayList<>();
    final int descriptor;
    boolean wantsRead = true;
    boolean wantsWrite;

    Watched(int descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public int descriptor() {
      return descriptor;
    }

    @Override
    public boolean wantsRead() {
      return wantsRead;
    }

    @Override
    public boolean wantsWrite() {
      return wantsWrite;
    }

    @Override
    public void read() throws Exception {
      events.add("read");
    }

    @Override
    public void write() throws Exception {
      events.add("write");
    }
  }

  @ParameterizedTest
  @MethodSource("pollersOfDescriptors")
  void carriesAPipeFromEndToEnd(PollerFactory pollers) throws IOException {
    int total = 1 << 20; // many times what a pipe holds
    try (Pipe pipe = new Pipe();
        EventLoop loop = EventLoop.over(pollers.open())) {
      int[] moved = new int[2];
      Watched writer =
          new Watched(pipe.writeEnd()) {
            @Override
            public void write() {
              for (int written = 0; written >= 0 && moved[0] < total; ) {
                written = pipe.write(Math.min(64 * 1024, total - moved[0]));
                moved[0] += Math.max(0, written);
              }
              wantsWrite = moved[0] < total;
            }
          };
      writer.wantsRead = false;
      writer.wantsWrite = true;
      Watched reader =
          new Watched(pipe.readEnd()) {
            @Override
            public void read() {
              for (int read = 1; read > 0; ) {
                read = pipe.read(64 * 1024);
                moved[1] += Math.max(0, read);
              }
            }
          };
      loop.add(writer);
      loop.add(reader);
      assertThat(loop.registered()).containsOnlyKeys(pipe.readEnd(), pipe.writeEnd());

      while (moved[1] < total) {
        loop.turn(LONG_NANOS);
      }

      assertThat(moved[0]).isEqualTo(total);
      assertThat(loop.registered().get(pipe.writeEnd()).interest())
          .as("it has no more to write, and is not asked")
          .isEqualTo(Interest.NONE);
      loop.remove(writer);
      loop.remove(reader);
      loop.remove(reader);
      assertThat(loop.registered()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void asksWhatAHandlerWantsAfterEachCallAndWhenTold(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        EventLoop loop = EventLoop.over(pollers.open())) {
      Watched handler =
          new Watched(pair.near()) {
            @Override
            public void write() {
              events.add("write");
              wantsWrite = false;
            }
          };
      loop.add(handler);
      loop.turn(0);
      assertThat(handler.events).as("writable all along, but not asked").isEmpty();

      handler.wantsWrite = true;
      loop.update(handler);
      loop.turn(LONG_NANOS);
      assertThat(handler.events).containsExactly("write");
      loop.turn(0);
      loop.turn(0);
      assertThat(handler.events).as("only while it wants").containsExactly("write");
      assertThat(loop.poller().find(pair.near()).interest()).isEqualTo(Interest.READ);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void aHandlerThatThrowsIsTakenOffAndTheLoopGoesOn(PollerFactory pollers) throws IOException {
    Transport transport = pollers.transport();
    try (TcpPair bad = new TcpPair(transport);
        TcpPair good = new TcpPair(transport);
        EventLoop loop = EventLoop.over(pollers.open())) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(64);
      Watched throwing =
          new Watched(bad.near()) {
            @Override
            public void read() throws Exception {
              events.add("read");
              throw new IOException("planted");
            }
          };
      Watched reading =
          new Watched(good.near()) {
            @Override
            public void read() {
              if (transport.receive(descriptor, buffer.clear()) > 0) {
                events.add("read");
              }
            }
          };
      loop.add(throwing);
      loop.add(reading);
      bad.sendFar("x");
      good.sendFar("x");
      while (throwing.events.isEmpty() || reading.events.isEmpty()) {
        loop.turn(LONG_NANOS);
      }
      assertThat(loop.registered()).containsOnlyKeys(good.near());

      good.sendFar("y");
      while (reading.events.size() < 2) {
        loop.turn(LONG_NANOS);
      }
      assertThat(throwing.events).containsExactly("read");
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void aHandlerRemovedByAnotherInTheSameTurnIsNotCalled(PollerFactory pollers) throws IOException {
    Transport transport = pollers.transport();
    try (TcpPair one = new TcpPair(transport);
        TcpPair two = new TcpPair(transport);
        EventLoop loop = EventLoop.over(pollers.open())) {
      List<Watched> both = new ArrayList<>();
      for (TcpPair pair : List.of(one, two)) {
        both.add(
            new Watched(pair.near()) {
              @Override
              public void read() {
                events.add("read");
                for (Watched each : both) {
                  loop.remove(each);
                }
              }
            });
      }
      loop.add(both.get(0));
      loop.add(both.get(1));
      one.sendFar("x");
      two.sendFar("x");
      while (both.get(0).events.isEmpty() && both.get(1).events.isEmpty()) {
        loop.turn(LONG_NANOS);
      }
      loop.turn(0);

      assertThat(both.get(0).events.size() + both.get(1).events.size()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("pollersOfDescriptors")
  void aHandlerThatWantsNothingHearsThatItsPeerHasGone(PollerFactory pollers) throws IOException {
    // select(2) cannot tell it.
    if (pollers.model() == fivefold.net.IoModel.SELECT) {
      return;
    }
    try (TcpPair pair = new TcpPair(pollers.transport());
        EventLoop loop = EventLoop.over(pollers.open())) {
      Watched handler =
          new Watched(pair.near()) {
            @Override
            public void hangup() {
              events.add("hangup " + pollers.transport().pendingError(descriptor));
              loop.remove(this);
            }
          };
      handler.wantsRead = false;
      loop.add(handler);
      pair.resetFar();

      while (handler.events.isEmpty()) {
        loop.turn(LONG_NANOS);
      }
      assertThat(handler.events).containsExactly("hangup " + Errno.ECONNRESET);
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void oneHandlerForADescriptorAtATime(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        EventLoop loop = EventLoop.over(pollers.open())) {
      Watched first = new Watched(pair.near());
      Watched second = new Watched(pair.near());
      loop.add(first);

      assertThatThrownBy(() -> loop.add(second)).isInstanceOf(IllegalStateException.class);
      loop.remove(second);
      loop.update(second);
      assertThat(loop.registered().values())
          .as("neither removed nor changed by a stranger")
          .extracting(Registration::attachment)
          .isEqualTo(List.of(first));
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void removesWhatIsWatchedOnlyBySelf(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        EventLoop loop = EventLoop.over(pollers.open())) {
      loop.remove(new Watched(pair.near()));
      loop.update(new Watched(pair.near()));
      assertThat(loop.registered().keySet()).isEqualTo(Set.of());
    }
  }
}
