package fivefold.testkit;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that says who sent it, as which one, and can be checked: sender, number, length, then
 * bytes that no other message has.
 *
 * @param sender who sent it
 * @param number which one of the sender's
 * @param size bytes of the whole message
 */
public record Numbered(int sender, int number, int size) {
  public static final int HEADER_BYTES = 12;

  public Numbered {
    if (size < HEADER_BYTES) {
      throw new IllegalArgumentException("size is " + size + "; expected at least 12");
    }
  }

  private static Pattern pattern(int sender, int number) {
    return new Pattern(sender * 1_000_003L + number * 7919L);
  }

  public ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.putInt(sender).putInt(number).putInt(size);
    return bytes.put(pattern(sender, number).bytes(0, size - HEADER_BYTES)).flip();
  }

  /** The next one, checked; null at the end of the stream. */
  public static @Nullable Numbered read(InputStream stream) throws IOException {
    byte[] header = stream.readNBytes(HEADER_BYTES);
    if (header.length == 0) {
      return null;
    }
    if (header.length < HEADER_BYTES) {
      throw new EOFException("the stream ends within a message");
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    Numbered message = new Numbered(fields.getInt(), fields.getInt(), fields.getInt());
    byte[] rest = new byte[message.size - HEADER_BYTES];
    new DataInputStream(stream).readFully(rest);
    pattern(message.sender, message.number).check(0, ByteBuffer.wrap(rest));
    return message;
  }

  /** All of them, to the end of the stream. */
  public static List<Numbered> readToEnd(InputStream stream) throws IOException {
    List<Numbered> all = new ArrayList<>();
    for (Numbered next; (next = read(stream)) != null; ) {
      all.add(next);
    }
    return all;
  }

  /** So many of them. */
  public static List<Numbered> read(InputStream stream, int count) throws IOException {
    List<Numbered> some = new ArrayList<>(count);
    while (some.size() < count) {
      Numbered next = read(stream);
      if (next == null) {
        throw new EOFException("the stream ends after " + some.size() + " of " + count);
      }
      some.add(next);
    }
    return some;
  }
}
