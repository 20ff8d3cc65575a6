package fivefold.net.blocking;

import fivefold.net.CloseReason;
import fivefold.net.StreamHandler;
import fivefold.net.loop.Outbox;
import fivefold.net.loop.SerialExecutor;
import fivefold.net.loop.StreamServing;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
final class BlockingConnection extends BlockingSendingConnection implements Runnable {
  private final BlockingEngine engine;
  private final StreamHandler handler;
  private final Executor elsewhere;

  /** Held during a call of the handler: calls never overlap. */
  private final ReentrantLock turns = new ReentrantLock();

  private @Nullable Thread worker;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean reading;
  private volatile boolean paused;
  private volatile boolean draining;
  private volatile boolean flushPosted;
  private volatile boolean closingIdle;
  private volatile @Nullable Object attachment;

  BlockingConnection(
      BlockingEngine engine,
      StreamServing serving,
      Executor others,
      SocketChannel channel,
      SocketAddress remote) {
    super(serving, channel, remote);
    this.engine = engine;
    this.elsewhere = new SerialExecutor(others);
    this.handler = serving.newHandler();
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
      serving().opened(this);
      turn(() -> handler.onOpen(this));
      readAll();
      awaitClosing();
      flush();
      if (!isAborting() && !isInputEnded() && channel().isOpen()) {
        LingeringClose.drop(channel(), this::isAborting);
      }
    } catch (RuntimeException | Error e) {
      // Such as no memory for a buffer: the connection ends, and is not forgotten.
      breakOff(new CloseReason(CloseReason.Kind.IO_ERROR, e.toString(), e));
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
    end();
    Channels.closeQuietly(channel());
    serving().cancelOpen();
    engine.ended(this);
    return true;
  }

  private void readAll() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(readBufferBytes());
    while (mayRead(buffer) && !isInputEnded()) {
      int received = read(buffer.clear());
      if (received > 0) {
        noteMove();
        counters().received(received);
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
    return isOpen() && !(paused && draining);
  }

  private void tell(int received, ByteBuffer buffer) {
    if (received > 0) {
      buffer.flip();
      turn(() -> handler.onReceive(this, buffer));
    } else if (received < 0 && !draining) {
      endInput();
      turn(() -> handler.onEnd(this));
    }
  }

  /** An answer to one read should fit into the outbox, also when that has been made small. */
  private int readBufferBytes() {
    int half = serving().options().outbox().highWatermarkBytes();
    return Math.min(BUFFER_BYTES, Math.max(half, 512));
  }

  /** Waits for bytes; -1 at the end, 0 when closing or draining has begun. */
  private int read(ByteBuffer buffer) {
    // First said, then asked: who begins to close or to drain first says so, then looks whether we
    // read.
    reading = true;
    try {
      return !isOpen() || draining ? 0 : transfers().read(buffer);
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
    if (draining && isOpen()) {
      drainInput(buffer);
    }
    return isOpen();
  }

  private void awaitResumed() {
    if (paused) {
      await(() -> !paused || !isOpen() || draining);
    }
  }

  /** After the end of input the handler may go on sending for as long as it likes. */
  private void awaitClosing() {
    if (isOpen()) {
      await(() -> !isOpen() || draining);
    }
    if (draining) {
      closeInOrder(CloseReason.SERVER_STOPPED);
    }
  }

  /** The server stops: handle what has arrived, then close. */
  private void drainInput(ByteBuffer buffer) {
    try {
      // The channel stays blocking: writing the answers to a slow peer without waiting would be
      // asking again and again.
      while (!paused && isOpen() && readAtOnce(buffer.clear()) > 0) {
        counters().received(buffer.position());
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
    if (isOpen()) {
      turn(() -> handler.onClosing(this, reason));
    }
    beginClosing(reason);
  }

  private void release() {
    CloseReason reason = reason();
    if (isAborting() && reason.kind() != CloseReason.Kind.PEER_RESET) {
      resetOnClose();
    }
    Channels.closeQuietly(channel());
    turns.lock();
    try {
      end();
      endSending();
      handler.onClose(this, reason);
    } catch (Throwable e) {
      serving().handlerFailed(remoteAddress(), e);
    } finally {
      turns.unlock();
    }
    engine.ended(this);
    serving().closed(this, reason);
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
      if (!isEnded()) {
        call.run();
      }
    } catch (Throwable e) {
      serving().handlerFailed(remoteAddress(), e);
      beginClosing(CloseReason.thrownByHandler(e));
    } finally {
      writeGathered();
      turns.unlock();
    }
  }

  /** Writes what waits in the outbox, and tells the handler when that has made room. */
  private void flush() {
    boolean more = true;
    while (more) {
      boolean relieved = writeOutbox();
      boolean news = hasProgress();
      if (news) {
        call(this::tellProgress);
      }
      boolean room = relieved && isOpen();
      if (room) {
        call(() -> handler.onWritable(this));
      }
      more = news || room || (!isAborting() && !nothingWaits());
    }
  }

  /** The worker flushes after its turn; for anybody else it is done elsewhere. */
  @Override
  void requestFlush() {
    if (!isInTurn() && !flushPosted) {
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
    if (!isOpen()) {
      wakeWorker();
    }
  }

  @Override
  boolean isInTurn() {
    return turns.isHeldByCurrentThread();
  }

  @Override
  boolean isWorker() {
    return Thread.currentThread().equals(worker);
  }

  // ---- closing

  @Override
  public void close() {
    close(isInputEnded() ? CloseReason.PEER_CLOSED : CloseReason.LOCAL_CLOSE);
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

  /**
   * All is written: a worker that still waits in read has nothing to wait for. One for which bytes
   * are there wakes by itself, and closes in the way that spares the peer a reset.
   */
  private void wakeWorker() {
    try {
      if (reading && !hasUnread()) {
        channel().close();
      }
    } catch (IOException e) {
      Channels.closeQuietly(channel());
    }
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
        channel().shutdownInput();
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
    if (isTooOld(nowNanos)) {
      abort(Outbox.expiry(outboxLimits()));
    }
    long idleNanos = serving().options().idleTimeout().toNanos();
    if (idleNanos > 0 && started.get() && isIdle(idleNanos, nowNanos)) {
      if (isWriting() || outboxBytes() > 0) {
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
        if (isIdle(serving().options().idleTimeout().toNanos(), System.nanoTime())) {
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
              if (!isOpen()) {
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

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void attach(@Nullable Object object) {
    attachment = object;
  }
}
