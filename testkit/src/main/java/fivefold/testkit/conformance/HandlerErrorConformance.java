package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason;
import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.ProtocolException;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording;
import fivefold.testkit.Recording.Call;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a handler throws costs its own connection, and nothing else. */
public class HandlerErrorConformance {

  /** Throws in one call, on the connection that is the first to say so. */
  private static final class Throwing implements StreamHandler {
    private final @Nullable Call where;
    private final Throwable error;

    Throwing(@Nullable Call where, Throwable error) {
      this.where = where;
      this.error = error;
    }

    private void perhaps(Call call) throws Exception {
      if (call == where) {
        switch (error) {
          case Exception e -> throw e;
          case Error e -> throw e;
          default -> throw new AssertionError(error);
        }
      }
    }

    @Override
    public void onOpen(Connection connection) throws Exception {
      perhaps(Call.OPEN);
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) throws Exception {
      if (where == Call.WRITABLE) {
        // More than the high watermark of the outbox below, and less than its limit.
        connection.send(ByteBuffer.allocate(3_000_000));
      } else if (where == Call.TASK) {
        connection.execute(() -> {
          throw (RuntimeException) error;
        });
      } else {
        perhaps(Call.RECEIVE);
        connection.send(data);
      }
    }

    @Override
    public void onWritable(Connection connection) throws Exception {
      perhaps(Call.WRITABLE);
    }

    @Override
    public void onEnd(Connection connection) throws Exception {
      perhaps(Call.END);
      connection.close();
    }

    @Override
    public void onClose(Connection connection, CloseReason reason) throws Exception {
      perhaps(Call.CLOSE);
    }
  }

  private interface Provocation {
    void on(Peer peer) throws Exception;
  }

  /** The first two connections behave, the third throws. */
  private static void check(
      IoModel model, Call where, Throwable error, Kind expected, Provocation provocation)
      throws Exception {
    AtomicInteger count = new AtomicInteger();
    Recorder recorder =
        new Recorder(() -> new Throwing(count.getAndIncrement() == 1 ? where : null, error));
    try (Server server =
            Servers.recorded(model, recorder)
                .sendBufferBytes(8192)
                .outbox(fivefold.net.OutboxLimits.DEFAULT.withBytes(4_000_000))
                .start();
        Peer before = Peer.connect(server)) {
      assertThat(before.echoes("before")).isTrue();
      Recording failing;
      try (Peer peer = Peer.connectWithSmallBuffer(server)) {
        provocation.on(peer);
        failing = recorder.connection(1);
        CloseReason reason = failing.awaitClose();
        assertThat(reason.kind()).isEqualTo(expected);
        if (expected == Kind.HANDLER_ERROR || expected == Kind.PROTOCOL_ERROR) {
          assertThat(reason.error()).isSameAs(error);
        }
      }
      Await.until("the failure is reported", () -> !recorder.failures().isEmpty());
      assertThat(recorder.failures()).containsExactly(error);
      Await.until("the failure is counted", () -> server.stats().handlerErrors() == 1);

      assertThat(before.echoes("others go on")).isTrue();
      try (Peer after = Peer.connect(server)) {
        assertThat(after.echoes("new ones come")).isTrue();
      }
    }
    recorder.assertSound();
  }

  private static RuntimeException error() {
    return new IllegalStateException("thrown on purpose");
  }

  @EveryModel
  void inOnOpen(IoModel model) throws Exception {
    check(model, Call.OPEN, error(), Kind.HANDLER_ERROR, Peer::receiveToEndOrReset);
  }

  @EveryModel
  void inOnReceive(IoModel model) throws Exception {
    check(
        model,
        Call.RECEIVE,
        error(),
        Kind.HANDLER_ERROR,
        peer -> peer.send("x").receiveToEndOrReset());
  }

  @EveryModel
  void inOnEnd(IoModel model) throws Exception {
    check(
        model,
        Call.END,
        error(),
        Kind.HANDLER_ERROR,
        peer -> peer.halfClose().receiveToEndOrReset());
  }

  @EveryModel
  void inOnWritable(IoModel model) throws Exception {
    check(
        model,
        Call.WRITABLE,
        error(),
        Kind.HANDLER_ERROR,
        peer -> peer.send("x").receiveToEndOrReset());
  }

  @EveryModel
  void inOnClose(IoModel model) throws Exception {
    check(model, Call.CLOSE, error(), Kind.PEER_CLOSED, Peer::close);
  }

  @EveryModel
  void inATask(IoModel model) throws Exception {
    check(
        model,
        Call.TASK,
        error(),
        Kind.HANDLER_ERROR,
        peer -> peer.send("x").receiveToEndOrReset());
  }

  @EveryModel
  void anError(IoModel model) throws Exception {
    check(
        model,
        Call.RECEIVE,
        new StackOverflowError("thrown on purpose"),
        Kind.HANDLER_ERROR,
        peer -> peer.send("x").receiveToEndOrReset());
  }

  @EveryModel
  void aCheckedException(IoModel model) throws Exception {
    check(
        model,
        Call.RECEIVE,
        new java.io.IOException("thrown on purpose"),
        Kind.HANDLER_ERROR,
        peer -> peer.send("x").receiveToEndOrReset());
  }

  @EveryModel
  void aProtocolExceptionIsThePeersFault(IoModel model) throws Exception {
    check(
        model,
        Call.RECEIVE,
        new ProtocolException("thrown on purpose"),
        Kind.PROTOCOL_ERROR,
        peer -> peer.send("x").receiveToEndOrReset());
  }

  @EveryModel
  void inAScheduledTask(IoModel model) throws Exception {
    RuntimeException error = error();
    Recorder recorder =
        new Recorder(() ->
            (connection, data) ->
                connection.schedule(
                    Duration.ofMillis(1),
                    () -> {
                      throw error;
                    }));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      peer.receiveToEndOrReset();
      assertThat(recorder.first().awaitClose())
          .extracting(CloseReason::kind, CloseReason::error)
          .containsExactly(Kind.HANDLER_ERROR, error);
      assertThat(recorder.failures()).containsExactly(error);
    }
    recorder.assertSound();
  }

  /** Without a handler there is no connection; the server goes on. */
  @EveryModel
  void inTheSupplierOfHandlers(IoModel model) throws Exception {
    RuntimeException error = error();
    AtomicInteger count = new AtomicInteger();
    Recorder recorder =
        new Recorder(() -> {
          if (count.getAndIncrement() == 0) {
            throw error;
          }
          return Connection::send;
        });
    try (Server server = Servers.start(model, recorder);
        Peer first = Peer.connect(server)) {
      assertThat(first.receiveToEndOrReset()).isEmpty();
      Await.until("the failure is reported", () -> recorder.failures().contains(error));
      try (Peer second = Peer.connect(server)) {
        assertThat(second.echoes("goes on")).isTrue();
      }
      Await.until("both are gone", () -> server.stats().open() == 0);
    }
  }
}
