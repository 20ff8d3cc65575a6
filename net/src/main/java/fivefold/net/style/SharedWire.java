package fivefold.net.style;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A conversation on a thread of any kind, over a connection that lives on another: what arrives is
 * copied and handed over. No lock is shared by the two, so neither waits for the other to run.
 */
class SharedWire implements StreamHandler, Wire {
  /** So much may arrive before reading pauses, and down to so much before it goes on. */
  private static final int PAUSE_BYTES = 64 * 1024;

  private static final int RESUME_BYTES = 16 * 1024;
  private static final int OUTPUT_BYTES = 16 * 1024;

  private final Queue<ByteBuffer> arrived = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrivedBytes = new AtomicInteger();
  private final AtomicBoolean paused = new AtomicBoolean();
  private volatile @Nullable Connection connection;
  private volatile boolean ended;
  private volatile @Nullable CloseReason closed;
  private volatile @Nullable Thread waiter;

  // The conversation's thread.
  private @Nullable ByteBuffer output;
  private int chunkBytes;

  // ---- the connection's side

  @Override
  public void onOpen(Connection opened) {
    connection = opened;
  }

  @Override
  public void onReceive(Connection from, ByteBuffer data) {
    int size = data.remaining();
    arrived.add(Buffers.copy(data));
    if (arrivedBytes.addAndGet(size) > PAUSE_BYTES && !paused.get()) {
      from.pauseReading();
      paused.set(true);
      resumeIfDrained(from);
    }
    wake();
  }

  @Override
  public void onEnd(Connection from) {
    ended = true;
    wake();
  }

  @Override
  public void onWritable(Connection to) {
    wake();
  }

  @Override
  public void onClose(Connection gone, CloseReason reason) {
    boolean _ = markClosed(reason);
  }

  /**
   * Tells the conversation's thread if it waits here.
   *
   * @return true when it does not. The order matters: one that stops waiting after we have looked
   *     sees that it is closed
   */
  final boolean markClosed(CloseReason reason) {
    closed = reason;
    boolean elsewhere = waiter == null;
    wake();
    return elsewhere;
  }

  /** Input was taken from a connection that has closed: what follows should not wait for long. */
  void tookAfterClose() {}

  private void wake() {
    Thread waiting = waiter;
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  private void resumeIfDrained(Connection from) {
    if (arrivedBytes.get() <= RESUME_BYTES && paused.compareAndSet(true, false)) {
      from.resumeReading();
    }
  }

  // ---- the thread's side

  @Override
  public final Connection connection() {
    Connection opened = connection;
    if (opened == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return opened;
  }

  private interface Test {
    boolean holds();
  }

  private void await(Test test, @Nullable Deadline deadline) throws IOException {
    if (test.holds()) {
      return;
    }
    waiter = Thread.currentThread();
    try {
      while (!test.holds()) {
        if (deadline == null) {
          LockSupport.park(this);
        } else if (deadline.hasPassed()) {
          throw new DeadlineException(deadline);
        } else {
          LockSupport.parkNanos(this, deadline.remainingNanos());
        }
        if (closed == null && Thread.interrupted()) {
          throw new InterruptedIOException("interrupted");
        }
      }
    } finally {
      waiter = null;
    }
  }

  @Override
  public final @Nullable ByteBuffer receive(@Nullable Deadline deadline) throws IOException {
    ByteBuffer next = arrived.poll();
    if (next == null) {
      send(deadline);
      await(() -> !arrived.isEmpty() || ended || closed != null, deadline);
      next = arrived.poll();
    }
    if (next == null) {
      CloseReason reason = closed;
      if (ended || reason == null) {
        return null;
      }
      throw new ConversationClosedException(reason);
    }
    arrivedBytes.addAndGet(-next.remaining());
    resumeIfDrained(connection());
    if (closed != null) {
      tookAfterClose();
    }
    return next;
  }

  @Override
  public final ByteBuffer keep(ByteBuffer received) {
    return received;
  }

  @Override
  public final boolean hasInput() {
    return !arrived.isEmpty() || ended;
  }

  @Override
  public final void write(ByteBuffer bytes, @Nullable Deadline deadline) throws IOException {
    while (bytes.hasRemaining()) {
      ByteBuffer buffer = output();
      Buffers.move(bytes, buffer, chunkBytes - buffer.position());
      if (buffer.position() == chunkBytes) {
        send(deadline);
      }
    }
    ensureOpen();
  }

  private ByteBuffer output() {
    ByteBuffer buffer = output;
    if (buffer == null) {
      chunkBytes = Chunks.sizeBytes(connection(), OUTPUT_BYTES);
      buffer = ByteBuffer.allocate(chunkBytes);
      output = buffer;
    }
    return buffer;
  }

  private void ensureOpen() throws ConversationClosedException {
    if (!connection().isOpen()) {
      CloseReason reason = closed;
      throw new ConversationClosedException(reason == null ? Chunks.CLOSING : reason);
    }
  }

  /** Gives what was written to the connection, when its outbox has room. */
  private void send(@Nullable Deadline deadline) throws IOException {
    ByteBuffer buffer = output;
    if (buffer == null) {
      return;
    }
    awaitRoom(deadline);
    // An idle conversation holds no buffer.
    output = null;
    if (!connection().send(buffer.flip())) {
      Chunks.refused(connection());
    }
  }

  private void awaitRoom(@Nullable Deadline deadline) throws IOException {
    await(() -> connection().isWritable() || !connection().isOpen(), deadline);
  }

  @Override
  public final void write(FileRegion region, @Nullable Deadline deadline) throws IOException {
    send(deadline);
    awaitRoom(deadline);
    ensureOpen();
    if (!connection().send(region)) {
      Chunks.refused(connection());
    }
  }

  @Override
  public final void flush(@Nullable Deadline deadline) throws IOException {
    send(deadline);
    ensureOpen();
  }

  @Override
  public final void shutdownOutput() throws IOException {
    send(null);
    connection().shutdownOutput();
  }

  @Override
  public void close() {
    try {
      send(null);
      connection().close();
    } catch (IOException e) {
      connection().abort();
    }
  }

  @Override
  public void cancel() {
    Thread waiting = waiter;
    if (waiting != null) {
      waiting.interrupt();
    }
  }
}
