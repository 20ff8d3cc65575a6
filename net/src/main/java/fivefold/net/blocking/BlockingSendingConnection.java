package fivefold.net.blocking;

import fivefold.net.CloseReason;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.net.SlowConsumerPolicy;
import fivefold.net.loop.ChannelFile;
import fivefold.net.loop.FileSending;
import fivefold.net.loop.Outbox;
import fivefold.net.loop.Outgoing;
import fivefold.net.loop.OutgoingConnection;
import fivefold.net.loop.StreamServing;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How what is sent leaves: within a turn it is gathered, from other threads it is put into the
 * {@link Outbox}; afterwards it is written, by a thread that may wait until the peer has read.
 *
 * <p>A layer of {@link BlockingConnection}, which brings the turns and the threads.
 */
abstract class BlockingSendingConnection extends BlockingSocketConnection
    implements OutgoingConnection {
  /** As large as the common large message, and small enough for ten thousand threads. */
  static final int BUFFER_BYTES = 16 * 1024;

  /** So much of a file is one step, after which its progress is told. */
  private static final int FILE_BYTES_PER_CALL = 64 * 1024;

  /** Held by whoever writes, from the first byte gathered to the last one written. */
  private final ReentrantLock writes = new ReentrantLock();

  // Under turns.
  private @Nullable ByteBuffer gathered;
  private int gatheredMessages;

  // Under writes.
  private @Nullable ByteBuffer writeBuffer;
  private boolean outputEnded;

  /** Of what was gathered, and is being written; seen by others while {@link #writing}. */
  private int gatheredLeftBytes;

  /** Whose progress is to be told. */
  private final Queue<Outgoing> moved = new ConcurrentLinkedQueue<>();

  private volatile @Nullable Outbox outbox;
  private volatile boolean endOutput;
  private volatile long writingSinceNanos;
  private volatile boolean writing;

  BlockingSendingConnection(StreamServing serving, SocketChannel channel, SocketAddress remote) {
    super(serving, channel, remote);
  }

  // ---- the threads

  /** Whether this thread is calling the handler. */
  abstract boolean isInTurn();

  /** Whether this thread is the one that reads. */
  abstract boolean isWorker();

  /** What was put into the outbox is to be written. */
  abstract void requestFlush();

  // ---- taking what is sent

  @Override
  public boolean send(ByteBuffer bytes) {
    if (!isOpen() || endOutput) {
      return false;
    }
    if (isInTurn() && (gather(bytes) || makeRoomAndGather(bytes))) {
      return true;
    }
    return accepted(outbox().offer(bytes, System.nanoTime()));
  }

  @Override
  public boolean send(Message message) {
    if (!isOpen() || endOutput) {
      return false;
    }
    if (isInTurn() && (gather(message.view()) || makeRoomAndGather(message.view()))) {
      return true;
    }
    return accepted(outbox().offer(message, System.nanoTime()));
  }

  @Override
  public boolean send(FileRegion region) throws IOException {
    if (!isOpen() || endOutput) {
      return false;
    }
    FileSending sending = FileSending.open(region, ChannelFile::open);
    boolean taken = send(sending);
    if (!taken) {
      sending.close();
    }
    return taken;
  }

  @Override
  public boolean send(Outgoing outgoing) {
    if (!isOpen() || endOutput) {
      return false;
    }
    return accepted(outbox().offer(outgoing, System.nanoTime()));
  }

  @Override
  public void layerIsFull() {
    boolean _ = accepted(Outbox.Offer.DISCONNECT);
  }

  @Override
  public <T> @Nullable T below(Class<T> kind) {
    return kind.equals(OutgoingConnection.class) ? kind.cast(this) : null;
  }

  /** Puts the bytes where they leave at the end of this turn; false when they must wait instead. */
  private boolean gather(ByteBuffer bytes) {
    int size = bytes.remaining();
    ByteBuffer buffer = gathered;
    if (buffer == null) {
      // Before the lock is taken, which would stay so if there were no memory.
      buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      gathered = buffer;
    }
    if (gatheredMessages == 0 && !(nothingWaits() && writes.tryLock())) {
      return false;
    }
    boolean fits =
        nothingWaits()
            && size <= buffer.remaining()
            && buffer.position() + size <= serving().options().outbox().limitBytes()
            && gatheredMessages < serving().options().outbox().limitMessages();
    if (fits) {
      buffer.put(bytes);
      gatheredMessages++;
    } else if (gatheredMessages == 0) {
      writes.unlock();
    }
    return fits;
  }

  /**
   * When the outbox has no room: gives the kernel what it takes without waiting, as the loops do,
   * so that a limit means the same here. Only on the worker, which does not read meanwhile: a
   * channel that is being read cannot be made non-blocking.
   */
  private boolean makeRoomAndGather(ByteBuffer bytes) {
    if (!isWorker() || outbox().hasRoom(bytes.remaining()) || !writes.tryLock()) {
      return false;
    }
    try {
      channel().configureBlocking(false);
      writeWithoutWaiting();
      channel().configureBlocking(true);
    } catch (IOException e) {
      breakDown(e);
    } finally {
      writes.unlock();
    }
    return gather(bytes);
  }

  private void writeWithoutWaiting() throws IOException {
    ByteBuffer buffer = gathered;
    if (gatheredMessages > 0 && buffer != null) {
      counters().sent(transfers().write(buffer.flip()));
      boolean all = !buffer.hasRemaining();
      buffer.compact();
      if (!all) {
        return;
      }
      gatheredMessages = 0;
      // Taken with the first of them.
      writes.unlock();
    }
    Outbox waiting = outbox();
    ByteBuffer copies = writeBuffer();
    for (ByteBuffer next = waiting.next(copies); next != null; next = waiting.next(copies)) {
      int sent = transfers().write(next);
      counters().sent(sent);
      waiting.sent(sent);
      if (next.hasRemaining()) {
        return;
      }
    }
  }

  /** Writes what this turn has gathered; the lock on writes was taken with the first of it. */
  final void writeGathered() {
    ByteBuffer buffer = gathered;
    if (gatheredMessages == 0 || buffer == null) {
      return;
    }
    gatheredMessages = 0;
    try {
      gatheredLeftBytes = buffer.flip().remaining();
      write(buffer);
    } finally {
      gatheredLeftBytes = 0;
      buffer.clear();
      writes.unlock();
    }
  }

  // ---- writing it

  /** Waits until the kernel has taken all of it. */
  private void write(ByteBuffer bytes) {
    writingSinceNanos = System.nanoTime();
    writing = true;
    try {
      while (bytes.hasRemaining() && !isAborting()) {
        int sent = transfers().write(bytes);
        counters().sent(sent);
        // Zero when these are from the outbox, which counts them itself.
        gatheredLeftBytes = Math.min(gatheredLeftBytes, bytes.remaining());
        noteMove();
      }
    } catch (IOException e) {
      breakDown(e);
    } finally {
      writing = false;
    }
  }

  final boolean hasProgress() {
    return !moved.isEmpty();
  }

  /** In a turn. */
  final void tellProgress() throws Exception {
    for (Outgoing each = moved.poll(); each != null; each = moved.poll()) {
      each.tellProgress();
    }
  }

  /** True when the outbox had been full and is down at its low watermark. */
  final boolean writeOutbox() {
    boolean relieved = false;
    writes.lock();
    try {
      Outbox waiting = outbox;
      if (waiting != null && isEnded()) {
        // Offered while the end came.
        waiting.clear();
      } else if (waiting != null) {
        relieved = writeAll(waiting);
      }
      if (endOutput && !outputEnded && !isAborting() && nothingWaits()) {
        outputEnded = true;
        channel().shutdownOutput();
      }
      if (isInputEnded() && outputEnded) {
        // Ended on both sides: nothing can happen on it any more.
        beginClosing(CloseReason.PEER_CLOSED);
      }
    } catch (IOException e) {
      breakDown(e);
    } finally {
      writes.unlock();
    }
    return relieved;
  }

  private boolean writeAll(Outbox waiting) {
    boolean relieved = false;
    while (!waiting.isEmpty() && !isAborting()) {
      Outgoing outgoing = waiting.beginOutgoing();
      if (outgoing != null) {
        writeSome(waiting, outgoing);
        // Its progress is told by who has let go of the lock.
        return waiting.takeRelief() || relieved;
      }
      ByteBuffer next = waiting.next(writeBuffer());
      if (next == null) {
        break;
      }
      int before = next.remaining();
      write(next);
      waiting.sent(before - next.remaining());
      countDropped(waiting);
      relieved |= waiting.takeRelief();
    }
    return relieved;
  }

  private void writeSome(Outbox waiting, Outgoing outgoing) {
    try {
      if (!outgoing.isOver()) {
        int sent = writeStep(outgoing);
        outgoing.sent(sent);
        waiting.outgoingMoved(System.nanoTime());
      }
      moved.add(outgoing);
      if (!isAborting() && outgoing.isOver()) {
        waiting.endOutgoing();
      }
    } catch (IOException e) {
      sourceFailed(e);
    }
  }

  private int writeStep(Outgoing outgoing) throws IOException {
    if (outgoing instanceof FileSending file && file.isByKernel()) {
      int sent = transfer(file);
      if (sent > 0 || isAborting()) {
        return sent;
      }
      // The channel of a virtual thread takes none when it is full: the ordinary write waits.
    }
    ByteBuffer piece = outgoing.piece();
    int before = piece.remaining();
    write(piece);
    return before - piece.remaining();
  }

  private int transfer(FileSending file) {
    writingSinceNanos = System.nanoTime();
    writing = true;
    try {
      int sent =
          ((ChannelFile) file.file())
              .transferTo(channel(), file.positionBytes(), file.leftBytes(FILE_BYTES_PER_CALL));
      counters().sent(sent);
      noteMove();
      return sent;
    } catch (IOException e) {
      breakDown(e);
      return 0;
    } finally {
      writing = false;
    }
  }

  private ByteBuffer writeBuffer() {
    ByteBuffer buffer = writeBuffer;
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      writeBuffer = buffer;
    }
    return buffer;
  }

  // ---- the outbox

  private boolean accepted(Outbox.Offer offer) {
    if (offer == Outbox.Offer.DISCONNECT) {
      abort(Outbox.overflow(outboxLimits()));
      return false;
    }
    if (serving().options().outbox().policy() != SlowConsumerPolicy.DISCONNECT) {
      countDropped(outbox());
    }
    requestFlush();
    return offer == Outbox.Offer.ACCEPTED;
  }

  private void countDropped(Outbox waiting) {
    countDropped(waiting.takeDropped());
  }

  private Outbox outbox() {
    Outbox existing = outbox;
    if (existing != null) {
      return existing;
    }
    synchronized (this) {
      if (outbox == null) {
        outbox = new Outbox(serving().options().outbox());
      }
      return outbox;
    }
  }

  final boolean nothingWaits() {
    Outbox waiting = outbox;
    return waiting == null || waiting.isEmpty();
  }

  @Override
  public boolean isWritable() {
    Outbox waiting = outbox;
    return isOpen() && (waiting == null || !waiting.isFull());
  }

  @Override
  public OutboxLimits outboxLimits() {
    return serving().options().outbox();
  }

  @Override
  public long outboxBytes() {
    Outbox waiting = outbox;
    return (waiting == null ? 0 : waiting.waitingBytes()) + (writing ? gatheredLeftBytes : 0);
  }

  @Override
  public void shutdownOutput() {
    if (!endOutput) {
      endOutput = true;
      requestFlush();
    }
  }

  // ---- age

  /** Whether something has waited, or is being written, for longer than it may. */
  final boolean isTooOld(long nowNanos) {
    Outbox waiting = outbox;
    long ageNanos = outboxLimits().limitAge().toNanos();
    return (waiting != null && waiting.isExpired(nowNanos))
        || (writing && writingSinceNanos + ageNanos - nowNanos <= 0);
  }

  final boolean isWriting() {
    return writing;
  }

  /** What waits is dropped. */
  final void endSending() {
    Outbox waiting = outbox;
    if (waiting != null) {
      countDropped(waiting);
      waiting.clear();
    }
  }
}
