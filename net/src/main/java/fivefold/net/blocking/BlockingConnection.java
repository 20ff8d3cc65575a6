package fivefold.net.blocking;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.net.SlowConsumerPolicy;
import fivefold.net.StreamHandler;
import fivefold.net.loop.ChannelErrors;
import fivefold.net.loop.ChannelFile;
import fivefold.net.loop.Counters;
import fivefold.net.loop.FileSending;
import fivefold.net.loop.Outbox;
import fivefold.net.loop.Outgoing;
import fivefold.net.loop.OutgoingConnection;
import fivefold.net.loop.SerialExecutor;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One connection on a blocking model: its worker reads, calls the handler, writes what the handler
 * has sent, and reads again.
 *
 * <p>{@code send} itself never blocks: within a call of the handler it gathers, from other threads
 * it puts into the {@link Outbox}. The waiting is done by the worker after the call, or by a thread
 * of {@code others} while the worker waits in read. So a peer that does not read holds up its own
 * worker, which then reads no more of it: that is what blocking means.
 */
final class BlockingConnection implements Connection, OutgoingConnection, Runnable {
  /** As large as the common large message, and small enough for ten thousand threads. */
  private static final int BUFFER_BYTES = 16 * 1024;

  /** So much of a file is one step, after which its progress is told. */
  private static final int FILE_BYTES_PER_CALL = 64 * 1024;

  private final BlockingEngine engine;
  private final StreamServing serving;
  private final SocketChannel channel;
  private final SocketAddress remote;
  private final SocketAddress local;
  private final long id;
  private final StreamHandler handler;
  private final Executor elsewhere;
  private final StageChannel transfers;
  private final Counters counters = new Counters();

  /** Held during a call of the handler: calls never overlap. */
  private final ReentrantLock turns = new ReentrantLock();

  /** Held by whoever writes, from the first byte gathered to the last one written. */
  private final ReentrantLock writes = new ReentrantLock();

  private final ReentrantLock state = new ReentrantLock();
  private final Condition changed = state.newCondition();

  // Under turns.
  private @Nullable ByteBuffer gathered;
  private int gatheredMessages;

  // Under writes.
  private @Nullable ByteBuffer writeBuffer;
  private boolean outputEnded;

  /** Whose progress is to be told. */
  private final Queue<Outgoing> moved = new ConcurrentLinkedQueue<>();

  private @Nullable Thread worker;
  private volatile @Nullable Outbox outbox;
  private volatile @Nullable CloseReason closing;
  private volatile boolean aborting;
  private volatile boolean closed;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean reading;
  private volatile boolean paused;
  private volatile boolean draining;
  private volatile boolean inputEnded;
  private volatile boolean endOutput;
  private volatile boolean flushPosted;
  private volatile boolean closingIdle;
  private volatile long lastMoveNanos = System.nanoTime();
  private volatile long writingSinceNanos;
  private volatile boolean writing;
  private volatile @Nullable Object attachment;

  BlockingConnection(
      BlockingEngine engine,
      StreamServing serving,
      Executor others,
      SocketChannel channel,
      SocketAddress remote) {
    this.engine = engine;
    this.serving = serving;
    this.channel = channel;
    this.remote = remote;
    this.local =
        remote instanceof UnixDomainSocketAddress
            ? serving.options().address()
            : localAddress(channel);
    this.elsewhere = new SerialExecutor(others);
    this.transfers = new StageChannel(channel, serving.options().stages());
    this.id = serving.nextId();
    this.handler = serving.newHandler();
  }

  private static SocketAddress localAddress(SocketChannel channel) {
    try {
      SocketAddress address = channel.getLocalAddress();
      return address == null ? new InetSocketAddress(0) : address;
    } catch (IOException e) {
      return new InetSocketAddress(0);
    }
  }

  // ---- the worker

  /** From the opening to the end, on one thread. */
  @Override
  public void run() {
    ScopedValue.where(BlockingEngine.SERVING, engine).run(this::serve);
  }

  private void serve() {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    worker = Thread.currentThread();
    try {
      serving.opened(this);
      turn(() -> handler.onOpen(this));
      readAll();
      awaitClosing();
      flush();
      if (!aborting && !inputEnded && channel.isOpen()) {
        LingeringClose.drop(channel, () -> aborting);
      }
    } catch (RuntimeException | Error e) {
      // Such as no memory for a buffer: the connection ends, and is not forgotten.
      beginClosing(new CloseReason(CloseReason.Kind.IO_ERROR, e.toString(), e));
      aborting = true;
    } finally {
      release();
    }
  }

  /** The server stops while this one waits for a thread: its handler never heard of it. */
  private boolean discardUnstarted() {
    if (!started.compareAndSet(false, true)) {
      return false;
    }
    beginClosing(CloseReason.SERVER_STOPPED);
    closed = true;
    Channels.closeQuietly(channel);
    serving.cancelOpen();
    engine.ended(this);
    return true;
  }

  private void readAll() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(readBufferBytes());
    while (mayRead(buffer) && !inputEnded) {
      int received = read(buffer.clear());
      if (received > 0) {
        lastMoveNanos = System.nanoTime();
        counters.received(received);
      }
      // It may have been paused while the thread waited in read.
      awaitResumed();
      if (mayTell()) {
        tell(received, buffer);
      }
    }
  }

  /** Not when closing, nor when only the server's stop has ended a pause. */
  private boolean mayTell() {
    return closing == null && !(paused && draining);
  }

  private void tell(int received, ByteBuffer buffer) {
    if (received > 0) {
      buffer.flip();
      turn(() -> handler.onReceive(this, buffer));
    } else if (received < 0 && !draining) {
      inputEnded = true;
      turn(() -> handler.onEnd(this));
    }
  }

  /** An answer to one read should fit into the outbox, also when that has been made small. */
  private int readBufferBytes() {
    int half = serving.options().outbox().highWatermarkBytes();
    return Math.min(BUFFER_BYTES, Math.max(half, 512));
  }

  /** Waits for bytes; -1 at the end, 0 when closing or draining has begun. */
  private int read(ByteBuffer buffer) {
    // First said, then asked: who begins to close or to drain first says so, then looks whether we
    // read.
    reading = true;
    try {
      return closing != null || draining ? 0 : transfers.read(buffer);
    } catch (IOException e) {
      if (draining) {
        beginClosing(CloseReason.SERVER_STOPPED);
      } else {
        breakDown(e);
      }
      return 0;
    } finally {
      reading = false;
    }
  }

  /** False when closing has begun. */
  private boolean mayRead(ByteBuffer buffer) {
    awaitResumed();
    if (draining && closing == null) {
      drainInput(buffer);
    }
    return closing == null;
  }

  private void awaitResumed() {
    if (paused) {
      await(() -> !paused || closing != null || draining);
    }
  }

  /** After the end of input the handler may go on sending for as long as it likes. */
  private void awaitClosing() {
    if (closing == null) {
      await(() -> closing != null || draining);
    }
    if (draining) {
      closeInOrder(CloseReason.SERVER_STOPPED);
    }
  }

  private interface Test {
    boolean holds();
  }

  private void await(Test test) {
    state.lock();
    try {
      while (!test.holds()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      state.unlock();
    }
  }

  private void announce() {
    state.lock();
    try {
      changed.signalAll();
    } finally {
      state.unlock();
    }
  }

  /** The server stops: handle what has arrived, then close. */
  private void drainInput(ByteBuffer buffer) {
    try {
      // The channel stays blocking: writing the answers to a slow peer without waiting would be
      // asking again and again.
      while (!paused && closing == null && readAtOnce(buffer.clear()) > 0) {
        counters.received(buffer.position());
        buffer.flip();
        turn(() -> handler.onReceive(this, buffer));
      }
    } catch (IOException e) {
      breakDown(e);
    }
    closeInOrder(CloseReason.SERVER_STOPPED);
  }

  /** Not asked for by the handler, which may therefore say a last word. */
  private void closeInOrder(CloseReason reason) {
    if (closing == null) {
      turn(() -> handler.onClosing(this, reason));
    }
    beginClosing(reason);
  }

  /** Reads what is there without waiting. */
  private int readAtOnce(ByteBuffer buffer) throws IOException {
    if (!(remote instanceof UnixDomainSocketAddress)) {
      return hasUnread() ? channel.read(buffer) : 0;
    }
    // A Unix channel of java.nio has no socket() to ask, so the read itself must not wait.
    channel.configureBlocking(false);
    try {
      return channel.read(buffer);
    } finally {
      channel.configureBlocking(true);
    }
  }

  /**
   * Whether a read would return at once with bytes. Not known of a Unix socket: there a worker is
   * shown the end at any rate, and its read in progress still brings what has come (unix(7) keeps
   * it).
   */
  private boolean hasUnread() throws IOException {
    return !(remote instanceof UnixDomainSocketAddress)
        && !channel.socket().isInputShutdown()
        && channel.socket().getInputStream().available() > 0;
  }

  private void release() {
    CloseReason reason = closing == null ? CloseReason.ABORTED : closing;
    if (aborting && reason.kind() != CloseReason.Kind.PEER_RESET) {
      resetOnClose();
    }
    Channels.closeQuietly(channel);
    turns.lock();
    try {
      closed = true;
      Outbox waiting = outbox;
      if (waiting != null) {
        countDropped(waiting);
        waiting.clear();
      }
      handler.onClose(this, reason);
    } catch (Throwable e) {
      serving.handlerFailed(remote, e);
    } finally {
      turns.unlock();
    }
    engine.ended(this);
    serving.closed(this, reason);
  }

  private void resetOnClose() {
    try {
      if (channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // Then it is closed in the ordinary way.
    }
  }

  // ---- turns

  private interface Call {
    void run() throws Exception;
  }

  /** A call of the handler, and the writing of what it has sent. */
  private void turn(Call call) {
    call(call);
    flush();
  }

  private void call(Call call) {
    turns.lock();
    try {
      if (!closed) {
        call.run();
      }
    } catch (Throwable e) {
      serving.handlerFailed(remote, e);
      beginClosing(CloseReason.thrownByHandler(e));
    } finally {
      writeGathered();
      turns.unlock();
    }
  }

  // ---- sending

  @Override
  public boolean send(ByteBuffer bytes) {
    if (closing != null || endOutput) {
      return false;
    }
    if (turns.isHeldByCurrentThread() && (gather(bytes) || makeRoomAndGather(bytes))) {
      return true;
    }
    return accepted(outbox().offer(bytes, System.nanoTime()));
  }

  @Override
  public boolean send(Message message) {
    if (closing != null || endOutput) {
      return false;
    }
    if (turns.isHeldByCurrentThread()
        && (gather(message.view()) || makeRoomAndGather(message.view()))) {
      return true;
    }
    return accepted(outbox().offer(message, System.nanoTime()));
  }

  @Override
  public boolean send(FileRegion region) throws IOException {
    if (closing != null || endOutput) {
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
    if (closing != null || endOutput) {
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
            && buffer.position() + size <= serving.options().outbox().limitBytes()
            && gatheredMessages < serving.options().outbox().limitMessages();
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
    if (!Thread.currentThread().equals(worker)
        || outbox().hasRoom(bytes.remaining())
        || !writes.tryLock()) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      writeWithoutWaiting();
      channel.configureBlocking(true);
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
      counters.sent(transfers.write(buffer.flip()));
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
      int sent = transfers.write(next);
      counters.sent(sent);
      waiting.sent(sent);
      if (next.hasRemaining()) {
        return;
      }
    }
  }

  /** Writes what this turn has gathered; the lock on writes was taken with the first of it. */
  private void writeGathered() {
    ByteBuffer buffer = gathered;
    if (gatheredMessages == 0 || buffer == null) {
      return;
    }
    gatheredMessages = 0;
    try {
      write(buffer.flip());
    } finally {
      buffer.clear();
      writes.unlock();
    }
  }

  /** Waits until the kernel has taken all of it. */
  private void write(ByteBuffer bytes) {
    writingSinceNanos = System.nanoTime();
    writing = true;
    try {
      while (bytes.hasRemaining() && !aborting) {
        int sent = transfers.write(bytes);
        counters.sent(sent);
        lastMoveNanos = System.nanoTime();
      }
    } catch (IOException e) {
      breakDown(e);
    } finally {
      writing = false;
    }
  }

  /** Writes what waits in the outbox, and tells the handler when that has made room. */
  private void flush() {
    boolean more = true;
    while (more) {
      boolean relieved = writeOutbox();
      boolean news = !moved.isEmpty();
      if (news) {
        call(this::tellProgress);
      }
      boolean room = relieved && closing == null;
      if (room) {
        call(() -> handler.onWritable(this));
      }
      more = news || room || (!aborting && !nothingWaits());
    }
  }

  private void tellProgress() throws Exception {
    for (Outgoing each = moved.poll(); each != null; each = moved.poll()) {
      each.tellProgress();
    }
  }

  /** True when the outbox had been full and is down at its low watermark. */
  private boolean writeOutbox() {
    boolean relieved = false;
    writes.lock();
    try {
      Outbox waiting = outbox;
      if (waiting != null && closed) {
        // Offered while the end came.
        waiting.clear();
      } else if (waiting != null) {
        relieved = writeAll(waiting);
      }
      if (endOutput && !outputEnded && !aborting && nothingWaits()) {
        outputEnded = true;
        channel.shutdownOutput();
      }
      if (inputEnded && outputEnded) {
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
    while (!waiting.isEmpty() && !aborting) {
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
      if (!aborting && outgoing.isOver()) {
        waiting.endOutgoing();
      }
    } catch (IOException e) {
      sourceFailed(e);
    }
  }

  private int writeStep(Outgoing outgoing) throws IOException {
    if (outgoing instanceof FileSending file && file.isByKernel()) {
      int sent = transfer(file);
      if (sent > 0 || aborting) {
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
              .transferTo(channel, file.positionBytes(), file.leftBytes(FILE_BYTES_PER_CALL));
      counters.sent(sent);
      lastMoveNanos = System.nanoTime();
      return sent;
    } catch (IOException e) {
      breakDown(e);
      return 0;
    } finally {
      writing = false;
    }
  }

  private void sourceFailed(IOException e) {
    beginClosing(new CloseReason(CloseReason.Kind.IO_ERROR, String.valueOf(e.getMessage()), e));
    aborting = true;
    resetOnClose();
    Channels.closeQuietly(channel);
    announce();
  }

  /** Under a lock, since senders count too: the one that writes may be blocked for long. */
  private void countDropped(Outbox waiting) {
    state.lock();
    try {
      counters.dropped(waiting.takeDropped());
    } finally {
      state.unlock();
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

  private boolean accepted(Outbox.Offer offer) {
    if (offer == Outbox.Offer.DISCONNECT) {
      abort(
          CloseReason.of(
              CloseReason.Kind.SLOW_CONSUMER,
              "the outbox is full: more than "
                  + serving.options().outbox().limitBytes()
                  + " bytes or "
                  + serving.options().outbox().limitMessages()
                  + " messages"));
      return false;
    }
    if (serving.options().outbox().policy() != SlowConsumerPolicy.DISCONNECT) {
      countDropped(outbox());
    }
    requestFlush();
    return offer == Outbox.Offer.ACCEPTED;
  }

  /** The worker flushes after its turn; for anybody else it is done elsewhere. */
  private void requestFlush() {
    if (!turns.isHeldByCurrentThread() && !flushPosted) {
      flushPosted = true;
      try {
        elsewhere.execute(this::flushPosted);
      } catch (OutOfMemoryError e) {
        // What the JDK throws when the system gives no thread: nobody would send what waits.
        abort(new CloseReason(CloseReason.Kind.IO_ERROR, "no thread to send with", e));
      }
    }
  }

  private void flushPosted() {
    flushPosted = false;
    ScopedValue.where(BlockingEngine.SERVING, engine).run(this::flush);
    if (closing != null) {
      wakeWorker();
    }
  }

  private Outbox outbox() {
    Outbox existing = outbox;
    if (existing != null) {
      return existing;
    }
    synchronized (this) {
      if (outbox == null) {
        outbox = new Outbox(serving.options().outbox());
      }
      return outbox;
    }
  }

  private boolean nothingWaits() {
    Outbox waiting = outbox;
    return waiting == null || waiting.isEmpty();
  }

  @Override
  public boolean isWritable() {
    Outbox waiting = outbox;
    return closing == null && (waiting == null || !waiting.isFull());
  }

  @Override
  public OutboxLimits outboxLimits() {
    return serving.options().outbox();
  }

  @Override
  public long outboxBytes() {
    Outbox waiting = outbox;
    return waiting == null ? 0 : waiting.waitingBytes();
  }

  // ---- closing

  @Override
  public void shutdownOutput() {
    if (!endOutput) {
      endOutput = true;
      requestFlush();
    }
  }

  @Override
  public void close() {
    close(inputEnded ? CloseReason.PEER_CLOSED : CloseReason.LOCAL_CLOSE);
  }

  @Override
  public void close(CloseReason reason) {
    if (beginClosing(reason)) {
      requestFlush();
    }
  }

  @Override
  public void abort() {
    abort(CloseReason.ABORTED);
  }

  private void abort(CloseReason reason) {
    // First, so that a worker that wakes to close in order sees that it shall not.
    aborting = true;
    beginClosing(reason);
    resetOnClose();
    // Ends a wait in read or write at once.
    Channels.closeQuietly(channel);
    announce();
  }

  /** The first reason counts. */
  private boolean beginClosing(CloseReason reason) {
    state.lock();
    try {
      if (closing != null) {
        return false;
      }
      closing = reason;
      changed.signalAll();
      return true;
    } finally {
      state.unlock();
    }
  }

  /**
   * All is written: a worker that still waits in read has nothing to wait for. One for which bytes
   * are there wakes by itself, and closes in the way that spares the peer a reset.
   */
  private void wakeWorker() {
    try {
      if (reading && !hasUnread()) {
        channel.close();
      }
    } catch (IOException e) {
      Channels.closeQuietly(channel);
    }
    announce();
  }

  private void breakDown(IOException e) {
    int errno = -ChannelErrors.errno(e);
    boolean peer = errno == Errno.ECONNRESET || errno == Errno.EPIPE || errno == Errno.ETIMEDOUT;
    beginClosing(
        CloseReason.of(
            peer ? CloseReason.Kind.PEER_RESET : CloseReason.Kind.IO_ERROR, Errno.describe(errno)));
    aborting = true;
    Channels.closeQuietly(channel);
    announce();
  }

  /** The server stops. */
  void drain() {
    if (discardUnstarted()) {
      return;
    }
    draining = true;
    announce();
    elsewhere.execute(() -> {
      flush();
      endRead();
    });
  }

  /**
   * A worker that waits in read with nothing to read is shown the end. One whose bytes have come a
   * moment ago is let go on: it handles them, answers, and then sees that the server stops.
   */
  private void endRead() {
    try {
      if (reading && !hasUnread()) {
        channel.shutdownInput();
      }
    } catch (IOException e) {
      // Closed or broken meanwhile.
      wakeWorker();
    }
  }

  /** The server's patience is over. */
  void cutOff() {
    if (!discardUnstarted()) {
      abort(CloseReason.SERVER_STOPPED);
    }
  }

  // ---- time limits

  void checkDeadlines(long nowNanos) {
    Outbox waiting = outbox;
    long ageNanos = serving.options().outbox().limitAge().toNanos();
    boolean tooOld =
        (waiting != null && waiting.isExpired(nowNanos))
            || (writing && writingSinceNanos + ageNanos - nowNanos <= 0);
    if (tooOld) {
      abort(
          CloseReason.of(
              CloseReason.Kind.SLOW_CONSUMER,
              "a message waited longer than " + ageNanos / 1_000_000 + " ms"));
    }
    long idleNanos = serving.options().idleTimeout().toNanos();
    if (idleNanos > 0 && started.get() && lastMoveNanos + idleNanos - nowNanos <= 0) {
      if (writing || outboxBytes() > 0) {
        // Nothing moved, so what waits will not either.
        abort(CloseReason.IDLE_TIMEOUT);
      } else {
        closeIdle();
      }
    }
  }

  private void closeIdle() {
    if (!closingIdle) {
      closingIdle = true;
      execute(() -> {
        closingIdle = false;
        if (lastMoveNanos + serving.options().idleTimeout().toNanos() - System.nanoTime() <= 0) {
          closeInOrder(CloseReason.IDLE_TIMEOUT);
        }
      });
    }
  }

  // ---- pausing

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
    announce();
  }

  // ---- the rest

  @Override
  public void execute(Runnable task) {
    elsewhere.execute(() ->
        ScopedValue.where(BlockingEngine.SERVING, engine)
            .run(() -> {
              turn(task::run);
              if (closing != null) {
                wakeWorker();
              }
            }));
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    try {
      Future<?> _ =
          engine
              .clock()
              .schedule(
                  () -> execute(task), TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The server has ended, and this connection with it.
    }
  }

  Counters counters() {
    return counters;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public boolean isOpen() {
    return closing == null;
  }

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void attach(@Nullable Object object) {
    attachment = object;
  }

  @Override
  public String toString() {
    return "connection #" + id + " of " + remote;
  }
}
