package fivefold.net.style;

import fivefold.net.Connection;
import fivefold.net.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How the thread of a conversation and its connection meet. Each call is made by the conversation's
 * thread, and may wait: until the deadline, for which it throws {@link DeadlineException}; until an
 * interrupt, for which it throws {@link java.io.InterruptedIOException}; until the connection
 * closes, for which it throws {@link ConversationClosedException}.
 */
interface Wire {

  /** Waits for bytes, at least one; null at the end of input. */
  @Nullable ByteBuffer receive(@Nullable Deadline deadline) throws IOException;

  /** The bytes of {@link #receive} as the caller may keep them until it calls that again. */
  ByteBuffer keep(ByteBuffer received);

  /** Takes all of it; waits when the outbox is full. */
  void write(ByteBuffer bytes, @Nullable Deadline deadline) throws IOException;

  /** Sends it after what was written; waits when the outbox is full, and not until it has left. */
  void write(FileRegion region, @Nullable Deadline deadline) throws IOException;

  /** What was written leaves now. */
  void flush(@Nullable Deadline deadline) throws IOException;

  /** After what was written, the peer sees the end. */
  void shutdownOutput() throws IOException;

  /** After what was written, the connection closes. */
  void close();

  /** Whether bytes or the end of input are there already. */
  boolean hasInput();

  Connection connection();

  void cancel();
}
