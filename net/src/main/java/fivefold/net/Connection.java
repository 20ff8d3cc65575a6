package fivefold.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One peer. All methods may be called from any thread, and none blocks.
 *
 * <p>What is sent goes to the kernel as far as the kernel takes it at once; the rest waits, copied,
 * in the connection's outbox, which is bounded ({@link OutboxLimits}).
 */
public interface Connection {

  /** Unique within the server, counted from 1. */
  long id();

  /** The peer's address, also after the connection has closed. */
  SocketAddress remoteAddress();

  /**
   * The address the peer has connected to. Asked for the first time after the close, it is the one
   * the server was told to listen on.
   */
  SocketAddress localAddress();

  /** False as soon as closing has begun. */
  boolean isOpen();

  /**
   * Sends what remains in the buffer, which is read to its end and may be reused at once; only the
   * one that was received is not to be changed any more (see {@link StreamHandler}).
   *
   * @return true when all of it was accepted: it will be delivered unless the connection breaks;
   *     false when the connection is closing or closed, or the outbox is full and its policy
   *     refused or disconnected. A message is taken whole or not at all.
   */
  boolean send(ByteBuffer bytes);

  /** The same for a shared message; nothing is copied. */
  boolean send(Message message);

  /**
   * Sends a part of a file in its turn among the other messages. The file is opened now, and closed
   * when sent or when the connection closes; the outbox holds little of it, and counts it as one
   * message and at most 4 KiB. Reading waits for the disk on whichever thread sends: see the guide.
   *
   * <p>A file that is cut short meanwhile closes the connection with {@link
   * CloseReason.Kind#IO_ERROR}, unless it was closing already, and with a reset, since the peer was
   * promised more. The age limit of the outbox counts from when the peer last took some of it.
   *
   * @return as of {@link #send(ByteBuffer)}
   * @throws IOException when the file cannot be opened, is no regular file, or shorter than the
   *     region; then nothing of it is sent
   */
  boolean send(FileRegion region) throws IOException;

  /** The text as UTF-8. */
  default boolean send(String text) {
    return send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The text and a line feed, as UTF-8. */
  default boolean sendLine(String line) {
    return send(line + "\n");
  }

  /**
   * Whether the outbox is below its high watermark. A handler that produces faster than its peer
   * reads stops when this is false, and goes on in {@link StreamHandler#onWritable}.
   */
  boolean isWritable();

  /** What may wait in the outbox, and its watermarks. */
  default OutboxLimits outboxLimits() {
    return OutboxLimits.DEFAULT;
  }

  /** Bytes that wait in the outbox; what the kernel has taken is not counted. */
  long outboxBytes();

  /** No {@code onReceive} from now on (one that is under way ends normally) until resumed. */
  void pauseReading();

  /** Ends a pause; what has arrived meanwhile comes now. */
  void resumeReading();

  /**
   * Half-close: after what was sent, the peer sees the end; receiving goes on. When the peer has
   * ended its side as well, the connection closes.
   */
  void shutdownOutput();

  /** Sends what waits, then closes. Nothing can be sent after this call. */
  void close();

  /** The same, and says why; the reason reaches {@code onClose}. */
  void close(CloseReason reason);

  /**
   * Closes at once; what waits in the outbox is dropped. The peer sees a reset, but on {@link
   * IoModel#AIO}, whose channels know none: there it sees an end, as of a close.
   */
  void abort();

  /** Runs the task in this connection's own order: it overlaps no call of the handler. */
  void execute(Runnable task);

  /**
   * Runs the task once, in this connection's own order, after the delay; not at all when the
   * connection has closed by then.
   */
  void schedule(Duration delay, Runnable task);

  /**
   * What lies below this connection tells about itself, such as {@code TlsSession} or {@link
   * PeerCredentials}; null when there is no such thing.
   */
  default <T> @Nullable T below(Class<T> kind) {
    return null;
  }

  /** An object of the handler's choosing. */
  @Nullable Object attachment();

  /** Sets the {@link #attachment}, in place of the one before. */
  void attach(@Nullable Object attachment);
}
