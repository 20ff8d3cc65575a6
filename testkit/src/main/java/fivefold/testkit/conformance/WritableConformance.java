package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Numbered;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording.Call;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The watermarks: a handler that heeds them can send any amount through a small outbox. */
public class WritableConformance {
  private static final OutboxLimits LIMITS = OutboxLimits.DEFAULT.withBytes(64_000);
  private static final int MESSAGE_BYTES = 1000;

  /** Sends while it may, and goes on when it is told. */
  private static final class Producer implements StreamHandler {
    private final int total;
    private int next;

    Producer(int total) {
      this.total = total;
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      produce(connection);
    }

    @Override
    public void onWritable(Connection connection) {
      if (connection.outboxBytes() > LIMITS.lowWatermarkBytes()) {
        throw new AssertionError("told at " + connection.outboxBytes() + " waiting bytes");
      }
      produce(connection);
    }

    private void produce(Connection connection) {
      while (next < total && connection.isWritable()) {
        if (!connection.send(new Numbered(0, next, MESSAGE_BYTES).encoded())) {
          throw new AssertionError("refused though writable");
        }
        next++;
      }
      if (next == total) {
        connection.close();
      }
    }
  }

  @EveryModel
  void aProducerSendsAnyAmountThroughASmallOutbox(IoModel model) throws Exception {
    int total = 5000;
    Recorder recorder = new Recorder(() -> new Producer(total));
    try (Server server =
            Servers.recorded(model, recorder).sendBufferBytes(8192).outbox(LIMITS).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("go");
      assertThat(Numbered.readToEnd(peer.input()).stream().map(Numbered::number).toList())
          .isEqualTo(IntStream.range(0, total).boxed().toList());
      recorder.first().awaitClose();
      assertThat(recorder.first().has(Call.WRITABLE)).isTrue();
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  /** However the bytes before have left: in calls of their own, or gathered. */
  @EveryModel
  void whatIsSentWhileItIsWritableIsTaken(IoModel model) throws Exception {
    OutboxLimits small = OutboxLimits.DEFAULT.withBytes(16_000);
    CompletableFuture<Integer> refusedAt = new CompletableFuture<>();
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              for (int i = 0; i < 10 && connection.isWritable(); i++) {
                boolean _ = connection.send(ByteBuffer.allocateDirect(8 * 1024));
              }
              int sent = 0;
              while (connection.isWritable() && connection.send(ByteBuffer.allocate(1000))) {
                sent++;
              }
              refusedAt.complete(connection.isOpen() ? -1 : sent);
            });
    try (Server server = Servers.recorded(model, recorder).outbox(small).start();
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(refusedAt.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(-1);
    }
    assertThat(recorder.failures()).isEmpty();
  }

  @EveryModel
  void itIsToldOnceForEachTimeItWasFull(IoModel model) throws Exception {
    ConcurrentLinkedQueue<Long> told = new ConcurrentLinkedQueue<>();
    List<Long> toldWhileDraining = new ArrayList<>();
    Recorder recorder =
        new Recorder(() ->
            new StreamHandler() {
              @Override
              public void onReceive(Connection connection, ByteBuffer data) {}

              @Override
              public void onWritable(Connection connection) {
                told.add(connection.outboxBytes());
              }
            });
    try (Server server =
            Servers.recorded(model, recorder).sendBufferBytes(8192).outbox(LIMITS).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      for (int round = 0; round < 3; round++) {
        int sent = fill(connection);
        assertThat(connection.outboxBytes()).isGreaterThan(LIMITS.lowWatermarkBytes());
        int before = told.size();
        assertThat(Numbered.read(peer.input(), sent)).hasSize(sent);
        Await.until("it is told", () -> told.size() > before);
        Await.until("all is taken", () -> connection.outboxBytes() == 0);
        assertThat(told).as("round %d", round).hasSize(before + 1);
        toldWhileDraining.addAll(List.copyOf(told).subList(before, before + 1));
        assertThat(connection.isWritable()).isTrue();
      }
    }
    // What it is told while the test's own thread still sends says nothing of the watermark: more
    // may have come in before the handler looked.
    assertThat(List.copyOf(toldWhileDraining))
        .hasSize(3)
        .allMatch(waiting -> waiting <= LIMITS.lowWatermarkBytes());
    recorder.assertSound();
  }

  /** Until it is full, and the kernel takes no more of it; how many messages that were. */
  private static int fill(Connection connection) {
    int sent = 0;
    long fullSinceNanos = System.nanoTime();
    // A loop that gets no processor for a while has not offered it all to the kernel yet.
    while (System.nanoTime() - fullSinceNanos < 60_000_000
        || connection.outboxBytes() <= LIMITS.lowWatermarkBytes()) {
      while (connection.isWritable()) {
        assertThat(connection.send(new Numbered(0, sent++, MESSAGE_BYTES).encoded())).isTrue();
        fullSinceNanos = System.nanoTime();
      }
      Thread.onSpinWait();
    }
    return sent;
  }

  @EveryModel
  void itIsNotToldWhenItWasNeverFull(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.recorded(model, recorder).outbox(LIMITS).start()) {
      try (Peer peer = Peer.connect(server)) {
        for (int i = 0; i < 100; i++) {
          assertThat(peer.echoes("small")).isTrue();
        }
      }
      recorder.first().awaitClose();
      assertThat(recorder.first().has(Call.WRITABLE)).isFalse();
    }
    recorder.assertSound();
  }

  @EveryModel
  void messagesCountForTheWatermarksToo(IoModel model) throws Exception {
    OutboxLimits few = LIMITS.withMessages(16);
    Recorder recorder = Recorder.silent();
    try (Server server =
            Servers.recorded(model, recorder).sendBufferBytes(8192).outbox(few).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      int sent = 0;
      while (connection.isWritable()) {
        assertThat(connection.send(new Numbered(0, sent++, MESSAGE_BYTES).encoded())).isTrue();
      }
      assertThat(connection.outboxBytes()).isLessThanOrEqualTo(16L * MESSAGE_BYTES);
      assertThat(Numbered.read(peer.input(), sent)).hasSize(sent);
      Await.until("it is told", () -> recorder.first().has(Call.WRITABLE));
    }
    recorder.assertSound();
  }
}
