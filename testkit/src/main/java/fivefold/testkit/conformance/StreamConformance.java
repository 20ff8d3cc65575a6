package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Pattern;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.util.Random;

/** The stream of bytes: nothing lost, nothing doubled, nothing moved, whatever the pieces are. */
public class StreamConformance {
  private static final int STREAM_BYTES = 8_000_000;

  /** Counts without a lock, as the contract allows: it would lose bytes if calls overlapped. */
  private static final class Checking implements StreamHandler {
    private final Pattern pattern = new Pattern(1);
    private long offset;

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      offset = pattern.check(offset, data);
    }

    @Override
    public void onEnd(Connection connection) {
      connection.send("received " + offset);
      connection.close();
    }
  }

  @EveryModel
  void whatThePeerSendsArrives(IoModel model) throws Exception {
    Recorder recorder = new Recorder(Checking::new);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Pattern pattern = new Pattern(1);
      Random random = new Random(2);
      for (int sent = 0; sent < STREAM_BYTES; ) {
        int next = Math.min(1 + random.nextInt(1 << random.nextInt(18)), STREAM_BYTES - sent);
        peer.send(pattern.bytes(sent, next));
        sent += next;
      }
      peer.halfClose();
      assertThat(peer.receiveTextToEnd()).isEqualTo("received " + STREAM_BYTES);
    }
    recorder.assertSound();
  }

  @EveryModel
  void whatIsSentArrives(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              Pattern pattern = new Pattern(3);
              Random random = new Random(4);
              for (int sent = 0; sent < STREAM_BYTES; ) {
                int next =
                    Math.min(1 + random.nextInt(1 << random.nextInt(18)), STREAM_BYTES - sent);
                if (!connection.send(ByteBuffer.wrap(pattern.bytes(sent, next)))) {
                  throw new AssertionError("refused after " + sent);
                }
                sent += next;
              }
              connection.close();
            });
    OutboxLimits roomy = OutboxLimits.DEFAULT.withBytes(STREAM_BYTES).withMessages(1 << 20);
    try (Server server = Servers.recorded(model, recorder).outbox(roomy).start();
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      byte[] received = peer.receiveToEnd();
      assertThat(received).hasSize(STREAM_BYTES);
      new Pattern(3).check(0, ByteBuffer.wrap(received));
    }
    recorder.assertSound();
  }

  /** An echo with both directions full: what waits on one must not block the other. */
  @EveryModel
  void bothWaysAtOnce(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    OutboxLimits roomy = OutboxLimits.DEFAULT.withBytes(STREAM_BYTES).withMessages(1 << 20);
    try (Server server = Servers.recorded(model, recorder).outbox(roomy).start();
        Peer peer = Peer.connect(server);
        Crew crew = new Crew()) {
      Pattern pattern = new Pattern(5);
      crew.start(() -> {
        Random random = new Random(6);
        for (int sent = 0; sent < STREAM_BYTES; ) {
          int next = Math.min(1 + random.nextInt(100_000), STREAM_BYTES - sent);
          peer.send(pattern.bytes(sent, next));
          sent += next;
        }
        peer.halfClose();
      });
      long offset = 0;
      byte[] some;
      do {
        some = peer.receiveOnce(50_000);
        offset = pattern.check(offset, ByteBuffer.wrap(some));
      } while (some.length > 0);
      assertThat(offset).isEqualTo(STREAM_BYTES);
    }
    recorder.assertSound();
  }

  @EveryModel
  void oneByteAtATime(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      byte[] bytes = new Pattern(7).bytes(0, 300);
      for (byte one : bytes) {
        peer.send(new byte[] {one});
      }
      assertThat(peer.receive(bytes.length)).isEqualTo(bytes);
    }
    recorder.assertSound();
  }

  @EveryModel
  void everyByteValueIsCarried(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      byte[] all = new byte[256];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) i;
      }
      assertThat(peer.send(all).receive(all.length)).isEqualTo(all);
    }
  }

  /** The handler owns the bytes during the call: in place is the fast way to answer. */
  @EveryModel
  void theHandlerMayChangeTheBuffer(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              for (int i = data.position(); i < data.limit(); i++) {
                data.put(i, (byte) (data.get(i) ^ 0x20));
              }
              connection.send(data);
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      for (int i = 0; i < 50; i++) {
        peer.send("upper");
        assertThat(peer.receiveText(5)).isEqualTo("UPPER");
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void whatTheHandlerLeavesUnreadIsNotPassedAgain(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              int count = data.remaining();
              if (count > 1) {
                data.get();
              }
              connection.send("" + count);
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      for (String word : new String[] {"a", "bcd", "ef", "ghijk"}) {
        peer.send(word);
        assertThat(peer.receiveText(1)).isEqualTo("" + word.length());
      }
    }
    recorder.assertSound();
  }

  /** Position, limit, mark and order are the handler's too. */
  @EveryModel
  void theHandlerMayLeaveTheBufferInAnyState(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.send(data.duplicate());
              data.order(java.nio.ByteOrder.LITTLE_ENDIAN);
              data.mark();
              data.position(data.limit()).limit(data.limit());
              data.flip();
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      for (int i = 0; i < 20; i++) {
        assertThat(peer.echoes("number " + i)).isTrue();
      }
    }
    recorder.assertSound();
  }
}
