package fivefold.net.framing;

import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Delivers a stream in every way it may be cut. */
final class Pieces {
  private Pieces() {}

  /** What a fresh handler hears of the stream, cut at these offsets. */
  static List<String> heard(
      Function<List<String>, StreamHandler> handlers, byte[] stream, int... cuts) throws Exception {
    List<String> heard = new ArrayList<>();
    StreamHandler handler = handlers.apply(heard);
    FakeConnection connection = new FakeConnection();
    handler.onOpen(connection);
    int from = 0;
    for (int cut : cuts) {
      receive(handler, connection, Arrays.copyOfRange(stream, from, cut));
      from = cut;
    }
    receive(handler, connection, Arrays.copyOfRange(stream, from, stream.length));
    handler.onEnd(connection);
    return heard;
  }

  /** As an engine does it: a direct buffer that is longer than what arrived, and used again. */
  static void receive(StreamHandler handler, FakeConnection connection, byte[] piece)
      throws Exception {
    if (piece.length == 0 || !connection.isOpen()) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect(piece.length + 10);
    buffer.position(5).put(piece).put(new byte[] {35, 35, 35}).flip();
    handler.onReceive(connection, buffer.position(5).limit(5 + piece.length));
    buffer.clear();
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, (byte) '?');
    }
  }

  static int[] everyByte(byte[] stream) {
    int[] cuts = new int[Math.max(0, stream.length - 1)];
    Arrays.setAll(cuts, i -> i + 1);
    return cuts;
  }

  static int[] random(byte[] stream, Random random) {
    return random.ints(random.nextInt(6), 0, stream.length + 1).sorted().toArray();
  }
}
