package fivefold.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import fivefold.services.CleanText;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads what a {@link FieldWriter} has written. Texts are made harmless again: whoever has the
 * broker's credentials can send anything.
 *
 * <p>Methods throw {@link MalformedException} when it is something else.
 */
final class FieldReader {
  private final ByteBuffer in;

  FieldReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  long number() throws MalformedException {
    try {
      return in.getLong();
    } catch (BufferUnderflowException e) {
      throw new MalformedException("ends too early");
    }
  }

  /** A number from 0 to a limit. */
  int count(int limit) throws MalformedException {
    long value = number();
    if (value < 0 || value > limit) {
      throw new MalformedException("has " + value + " of something; expected 0 to " + limit);
    }
    return (int) value;
  }

  String text() throws MalformedException {
    int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new MalformedException("ends within a text");
    }
    String text = new String(in.array(), in.position(), length, UTF_8);
    in.position(in.position() + length);
    return CleanText.of(text);
  }

  boolean hasMore() {
    return in.hasRemaining();
  }
}
