package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.DatagramOptions;
import fivefold.net.OutboxLimits;
import fivefold.net.ServerListener;
import fivefold.net.fixture.ManualClock;
import fivefold.sys.Errno;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of sockets that serve many: none of them may spin, and none may leave others waiting. */
final class AcceptAndReceiveErrorsTest {
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final ManualClock clock = new ManualClock();
  private final EventLoop loop = EventLoop.over(new CountingPoller(), clock);
  private final ScriptedTransport script = new ScriptedTransport();
  private final StreamServing serving =
      new StreamServing(
          ConnectionOnTestThread.options(OutboxLimits.DEFAULT, Duration.ZERO),
          () -> (connection, data) -> {});

  private Listener listener(AtomicInteger accepted) throws Exception {
    Listener listener =
        new Listener(
            new LoopThread<>("never started", loop),
            script.transport(),
            serving,
            7,
            (peer, handle) -> accepted.incrementAndGet());
    loop.add(listener);
    return listener;
  }

  /** EIO is what an exception of java.nio becomes whose text is in another language. */
  @ParameterizedTest
  @ValueSource(ints = {Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EIO})
  void acceptingPausesWhenItWouldFailAgainAndGoesOnByItself(int errno) throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    Listener listener = listener(accepted);
    script.results.addAll(List.of(-errno, -errno, 100, -Errno.EAGAIN));

    listener.read();
    assertThat(script.calls).as("once, not again and again").isEqualTo(1);
    assertThat(listener.wantsRead()).isFalse();
    assertThat(serving.acceptPauseCount()).isEqualTo(1);

    clock.advance(Duration.ofMillis(40));
    loop.turn(0);
    assertThat(script.calls).isEqualTo(2);
    assertThat(listener.wantsRead()).isFalse();
    clock.advance(Duration.ofMillis(30));
    loop.turn(0);
    assertThat(script.calls).as("the second pause is longer").isEqualTo(2);
    clock.advance(Duration.ofMillis(30));
    loop.turn(0);
    assertThat(accepted).hasValue(1);
    assertThat(listener.wantsRead()).isTrue();
  }

  @Test
  void acceptingPausedGoesOnWhenAConnectionHasClosed() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    Listener listener = listener(accepted);
    script.results.addAll(List.of(-Errno.EMFILE, 100, -Errno.EAGAIN));
    listener.read();

    listener.maybeRoom();
    loop.turn(0);

    assertThat(accepted).hasValue(1);
    assertThat(listener.wantsRead()).isTrue();
  }

  @Test
  void aConnectionThatWentBeforeItWasAcceptedDelaysNobody() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    Listener listener = listener(accepted);
    script.results.addAll(List.of(-Errno.ECONNABORTED, 100, -Errno.EAGAIN));

    listener.read();

    assertThat(accepted).hasValue(1);
    assertThat(listener.wantsRead()).isTrue();
  }

  /** An edge-triggered poller will not tell again of the datagrams behind the error. */
  @Test
  void anErrorOfOneDatagramDoesNotHideThoseBehindIt() {
    AtomicInteger handled = new AtomicInteger();
    DatagramOptions options =
        new DatagramOptions(
            ADDRESS,
            null,
            1,
            1,
            false,
            0,
            0,
            64,
            0,
            1,
            false,
            false,
            new ServerListener() {},
            null);
    DatagramEndpoint endpoint =
        new DatagramEndpoint(
            loop,
            script.transport(),
            7,
            ADDRESS,
            options,
            (peer, datagram) -> handled.incrementAndGet(),
            new AtomicLong());
    script.results.addAll(List.of(-Errno.ECONNREFUSED, 3, -Errno.EAGAIN));

    endpoint.read();

    assertThat(handled).hasValue(1);
    assertThat(script.calls).isEqualTo(3);
  }
}
