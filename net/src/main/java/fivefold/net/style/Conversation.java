package fivefold.net.style;

import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.ProtocolException;
import fivefold.net.StreamHandler;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A connection as straight-line code: calls that wait until they are done, on a virtual thread of
 * the connection's own.
 *
 * <pre>{@code
 * Server.tcp(7009, () -> Conversation.of(peer -> {
 *   peer.writeLine("name?");
 *   try (var _ = peer.within(Duration.ofSeconds(30))) {
 *     String name = peer.readLine();
 *     if (name != null) peer.writeLine("hello, " + name);
 *   }
 * })).model(IoModel.EPOLL).start();
 * }</pre>
 *
 * <h2>Who runs it</h2>
 *
 * On the models with loops or pools of platform threads the virtual thread runs on the thread that
 * runs the connection's handler anyway, so that no request changes threads. That needs {@code
 * --add-opens java.base/java.lang=fivefold.net} (or {@code =ALL-UNNAMED} on the class path);
 * without it, and on the model {@code virtual}, the JDK's scheduler runs it, which costs a change
 * of threads for each request.
 *
 * <p>Waiting in a method of this class, in {@code Thread.sleep}, or for a lock frees the thread for
 * the other connections. Computing, reading files and blocking native calls do not: give those to
 * {@link #offload}. A thread that is pinned, such as by a class initializer or by a native frame
 * below it, must not wait in a method of this class at all: on a loop it would wait for itself.
 *
 * <h2>Its rules</h2>
 *
 * <ul>
 *   <li>What is written leaves together when the conversation next waits for input, flushes or
 *       ends, or when some 64 KiB have come together.
 *   <li>A conversation that does not read lets some 64 KiB arrive, and then its connection is not
 *       read any more. One that writes faster than its peer reads waits in {@code write}.
 *   <li>An interrupt ends any wait with {@link InterruptedIOException}. When the connection breaks
 *       or the server stops while the conversation waits for something else, it is interrupted.
 *   <li>When the handler returns or throws, the connection closes.
 * </ul>
 *
 * <p>One thread at a time may use a conversation; {@link #cancel} and {@link #connection} are for
 * any thread.
 */
public final class Conversation implements AutoCloseable {
  /** What {@link #readLine()} takes as a line at most. */
  public static final int DEFAULT_LINE_LIMIT_BYTES = 8 * 1024;

  private static final int FIRST_PIECE_BYTES = 128;

  private final Wire wire;
  private @Nullable ByteBuffer input;
  private @Nullable Deadline deadline;

  Conversation(Wire wire) {
    this.wire = wire;
  }

  /**
   * A handler of one connection that runs this.
   *
   * <pre>{@code
   * Server.tcp(7009, () -> Conversation.of(peer -> { ... }))
   * }</pre>
   */
  public static StreamHandler of(ConversationHandler handler) {
    return new ConversationStream(handler);
  }

  /** A conversation that runs on no thread of its own, for whoever calls it: a client's. */
  public static DetachedConversation detached() {
    SharedWire wire = new SharedWire();
    return new DetachedConversation(wire, new Conversation(wire));
  }

  // ---- reading

  /**
   * Waits for bytes.
   *
   * @return at least one byte, in a buffer that may be changed and is valid until the next read;
   *     what is left in it is not returned again. Null at the end of input.
   */
  public @Nullable ByteBuffer read() throws IOException {
    ByteBuffer some = more();
    if (some == null) {
      return null;
    }
    input = null;
    return wire.keep(some);
  }

  /**
   * Waits for bytes and puts some into the array.
   *
   * @return how many, at least one unless the array is empty; -1 at the end of input
   */
  public int read(byte[] into) throws IOException {
    return read(into, 0, into.length);
  }

  /** The same for a part of the array. */
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteBuffer some = more();
    if (some == null) {
      return -1;
    }
    int count = Math.min(length, some.remaining());
    some.get(into, offset, count);
    return count;
  }

  /**
   * Waits for exactly so many bytes.
   *
   * @throws EOFException when the input ends before; if the handler does not catch it, the
   *     connection closes with a protocol error
   */
  public byte[] readExactly(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int at = 0; at < count; ) {
      int got = read(bytes, at, count - at);
      if (got < 0) {
        throw new EOFException("the input ended after " + at + " of " + count + " bytes");
      }
      at += got;
    }
    return bytes;
  }

  /** Waits for a line of at most {@value #DEFAULT_LINE_LIMIT_BYTES} bytes. */
  public @Nullable String readLine() throws IOException, ProtocolException {
    return readLine(DEFAULT_LINE_LIMIT_BYTES);
  }

  /**
   * Waits for a line, which ends with LF, or CR and LF, or the end of input.
   *
   * @return the line in UTF-8, without its end; null at the end of input
   * @throws ProtocolException when the line is longer than the limit
   */
  public @Nullable String readLine(int limitBytes) throws IOException, ProtocolException {
    byte[] line = null;
    int length = 0;
    for (ByteBuffer some = more(); some != null; some = more()) {
      int end = lineFeed(some);
      int piece = (end < 0 ? some.limit() : end) - some.position();
      if (line == null && end >= 0) {
        line = new byte[piece];
      } else if (line == null || line.length < length + piece) {
        int size =
            Math.max(Math.max(FIRST_PIECE_BYTES, length + piece), Math.min(2 * length, limitBytes));
        line = line == null ? new byte[size] : Arrays.copyOf(line, size);
      }
      // The CR of a CR LF does not count.
      boolean tooLong = length + piece > limitBytes + 1;
      if (!tooLong) {
        some.get(line, length, piece);
        length += piece;
        tooLong = length == limitBytes + 1 && line[length - 1] != '\r';
      }
      if (tooLong) {
        throw new ProtocolException("more than " + limitBytes + " bytes without a line end");
      }
      if (end >= 0) {
        some.get();
        return text(line, length);
      }
    }
    return line == null ? null : text(line, length);
  }

  private static int lineFeed(ByteBuffer bytes) {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      if (bytes.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String text(byte[] line, int length) {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }

  private @Nullable ByteBuffer more() throws IOException {
    ByteBuffer some = input;
    if (some == null || !some.hasRemaining()) {
      input = null;
      some = wire.receive(deadline);
      input = some;
    }
    return some;
  }

  /**
   * Bytes that {@link Wire#receive} has returned are going away: keeps a copy of what is unread.
   */
  @SuppressWarnings("ReferenceEquality") // this very buffer
  void saveUnread(ByteBuffer received) {
    if (input == received) {
      input = received.hasRemaining() ? Buffers.copy(received) : null;
    }
  }

  /** Whether a read would return at once. */
  public boolean hasInput() {
    ByteBuffer some = input;
    return (some != null && some.hasRemaining()) || wire.hasInput();
  }

  // ---- writing

  /** Writes what remains in the buffer; waits when the peer does not read. */
  public void write(ByteBuffer bytes) throws IOException {
    wire.write(bytes, deadline);
  }

  public void write(byte[] bytes) throws IOException {
    wire.write(ByteBuffer.wrap(bytes), deadline);
  }

  /** Writes the text as UTF-8. */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the text and a line feed, as UTF-8. */
  public void writeLine(String line) throws IOException {
    write(line + "\n");
  }

  /**
   * Writes a part of a file after what was written before, by the kernel alone where it can. Waits
   * for room in the outbox, not until the peer has it: what is written next follows it.
   *
   * <pre>{@code
   * peer.writeLine("here it comes");
   * peer.write(FileRegion.of(Path.of("report.pdf")));
   * }</pre>
   *
   * @throws IOException when the file cannot be opened, is no regular file, or is shorter than the
   *     region; then nothing of it is written, and the conversation can go on
   * @see Connection#send(FileRegion)
   */
  public void write(FileRegion region) throws IOException {
    wire.write(region, deadline);
  }

  /** What was written leaves now; wanted before waiting for anything but the peer. */
  public void flush() throws IOException {
    wire.flush(deadline);
  }

  /** Half-close: after what was written, the peer sees the end; reading goes on. */
  public void shutdownOutput() throws IOException {
    wire.shutdownOutput();
  }

  // ---- time, and other threads

  /**
   * Sets a deadline for a block. A call in it that is not done by then throws {@link
   * DeadlineException}, after which the conversation can go on. Inside another block the earlier
   * deadline counts.
   *
   * <pre>{@code
   * try (var _ = peer.within(Duration.ofSeconds(5))) {
   *   request = peer.readLine();
   * }
   * }</pre>
   */
  public Deadline within(Duration span) {
    Deadline inner = new Deadline(this, deadline, span);
    deadline = inner;
    return inner;
  }

  @SuppressWarnings("ReferenceEquality") // the very one that was begun last
  void endDeadline(Deadline ended, @Nullable Deadline outer) {
    if (deadline == ended) {
      deadline = outer;
    }
  }

  /**
   * Does work elsewhere that would hold up the loop: files, databases, native calls, long
   * computation. It runs on a platform thread, of which there are at most {@value
   * Offload#MOST_THREADS}; this conversation waits, others go on. What was written is flushed
   * before.
   *
   * @throws DeadlineException when it is not done within the deadline; it is interrupted then
   * @throws Exception what the work has thrown
   */
  public <T extends @Nullable Object> T offload(Callable<T> work) throws Exception {
    flush();
    return Offload.call(work, deadline);
  }

  /** Interrupts the conversation's thread, if it has one of its own. Any thread. */
  public void cancel() {
    wire.cancel();
  }

  // ---- the connection

  /**
   * The connection below, for what other threads do with it, such as sending to a group. What is
   * sent by it overtakes what was written here and not flushed. Any thread.
   */
  public Connection connection() {
    return wire.connection();
  }

  public SocketAddress remoteAddress() {
    return wire.connection().remoteAddress();
  }

  /** False as soon as closing has begun. */
  public boolean isOpen() {
    return wire.connection().isOpen();
  }

  /** Sends what was written, and closes. A handler need not: its end does the same. */
  @Override
  public void close() {
    wire.close();
  }

  @Override
  public String toString() {
    return "conversation on " + wire.connection();
  }
}
