package fivefold.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Bytes encoded once, to be sent to many. Immutable and safe to share between threads; every outbox
 * that holds it holds a reference, no copy.
 *
 * <pre>{@code
 * Message hello = Message.of("hello\n");
 * members.forEach(member -> member.send(hello));
 * }</pre>
 */
public final class Message {
  // Direct, so that the kernel copies from it without a stop in between.
  private final ByteBuffer bytes;

  private Message(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** Copies what remains in the buffer; the buffer's position does not move. */
  public static Message copyOf(ByteBuffer source) {
    ByteBuffer copy = ByteBuffer.allocateDirect(source.remaining());
    copy.put(source.duplicate()).flip();
    return new Message(copy.asReadOnlyBuffer());
  }

  /** Copies the array. */
  public static Message of(byte[] bytes) {
    return copyOf(ByteBuffer.wrap(bytes));
  }

  /** The text as UTF-8. */
  public static Message of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** In bytes. */
  public int size() {
    return bytes.capacity();
  }

  /** A read-only view of its own position; the bytes are shared. */
  public ByteBuffer view() {
    return bytes.duplicate();
  }
}
