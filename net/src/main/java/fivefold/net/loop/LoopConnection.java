package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.Message;
import fivefold.net.StreamHandler;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection on a readiness model: turns "can be read" and "can be written" into the calls of
 * its handler.
 *
 * <p>Everything that touches the socket or the handler runs on the connection's {@link Strand}, in
 * <i>turns</i>: a turn begins with an event, a task or a timer, calls the handler, and ends with
 * {@link #settle}, which sends what the handler has sent as one call and closes what is to be
 * closed. Other threads only put into the {@link Outbox} and post.
 */
final class LoopConnection implements Connection, EventHandler {
  /** A connection that always has more to read lets the others of its loop go first after these. */
  private static final int READS_PER_TURN = 16;

  /** From here a copy into the gather buffer costs more than the system call it may save. */
  private static final int DIRECT_SEND_BYTES = 8 * 1024;

  /** What an orderly close reads and drops, at most, so that the peer still gets what was sent. */
  private static final long LINGER_BYTES = 1 << 20;

  private static final long LINGER_NANOS = 1_000_000_000;

  private final StreamServing serving;
  private final Transport transport;
  private final Strand strand;
  private final int handle;
  private final long id;
  private final StreamHandler handler;
  private final boolean edgeTriggered;
  private final Consumer<LoopConnection> onFinished;
  private final SocketAddress remote;

  // Only on the strand.
  private boolean inTurn;
  private boolean settleDeferred;
  private boolean watched;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean awaitingWritable;
  private boolean ageTimerArmed;
  private boolean lingering;
  private boolean closed;
  private int gatheredMessages;
  private long lingeredBytes;
  private long lastMoveNanos;

  // Any thread.
  private volatile @Nullable Outbox outbox;
  private volatile @Nullable CloseReason closing;
  private volatile boolean aborting;
  private volatile boolean paused;
  private volatile boolean endOutput;
  private volatile boolean settlePosted;
  private volatile @Nullable Object attachment;

  /**
   * A connection that is not yet watched; see {@link #begin}.
   *
   * @param onFinished told on the poller's thread when all is over
   */
  LoopConnection(
      StreamServing serving,
      Transport transport,
      Strand strand,
      int handle,
      SocketAddress remote,
      boolean edgeTriggered,
      Consumer<LoopConnection> onFinished) {
    this.serving = serving;
    this.transport = transport;
    this.strand = strand;
    this.handle = handle;
    this.remote = remote;
    this.edgeTriggered = edgeTriggered;
    this.onFinished = onFinished;
    this.id = serving.nextId();
    this.handler = serving.newHandler();
  }

  // ---- turns

  /** The first turn. */
  void begin() {
    lastMoveNanos = strand.nowNanos();
    try {
      watched = true;
      strand.watch(this);
    } catch (IOException e) {
      refuse(String.valueOf(e.getMessage()));
      return;
    }
    serving.opened(this);
    long idleNanos = serving.options().idleTimeout().toNanos();
    if (idleNanos > 0) {
      strand.schedule(idleNanos, this::checkIdle);
    }
    turn(() -> handler.onOpen(this));
  }

  /** Its handler has not heard of it, so it is not told of the end either. */
  private void refuse(String why) {
    closed = true;
    closing = CloseReason.of(CloseReason.Kind.IO_ERROR, why);
    strand.unwatch(this, this::closeSocket);
    serving.cancelOpen();
    serving.refused(remote, why);
  }

  private void closeSocket() {
    transport.close(handle);
    onFinished.accept(this);
  }

  private void resetSocket() {
    transport.reset(handle);
    onFinished.accept(this);
  }

  /** A call of the handler. */
  private interface Call {
    void run() throws Exception;
  }

  private void turn(Call call) {
    if (closed) {
      return;
    }
    inTurn = true;
    guarded(call);
    settle();
    inTurn = false;
  }

  private void guarded(Call call) {
    try {
      call.run();
    } catch (Throwable e) {
      handlerFailed(e);
    }
  }

  private void handlerFailed(Throwable error) {
    serving.handlerFailed(remote, error);
    beginClosing(CloseReason.thrownByHandler(error));
  }

  @Override
  public int descriptor() {
    return handle;
  }

  @Override
  public boolean wantsRead() {
    return !inputEnded && (lingering || (!paused && closing == null));
  }

  @Override
  public boolean wantsWrite() {
    return awaitingWritable;
  }

  @Override
  public void read() {
    if (closed) {
      return;
    }
    if (lingering) {
      linger();
      return;
    }
    inTurn = true;
    receive();
    settle();
    inTurn = false;
  }

  @Override
  public void write() {
    if (closed) {
      return;
    }
    inTurn = true;
    awaitingWritable = false;
    settle();
    inTurn = false;
  }

  /** The socket is broken or ended on both sides, and nothing was wanted of it. */
  @Override
  public void hangup() {
    if (closed) {
      return;
    }
    int error = transport.pendingError(handle);
    if (error != 0) {
      breakDown(-error);
      settle();
    } else {
      // Ended on both sides while reading is paused. It would be told again and again: look away
      // until reading is resumed.
      watched = false;
      strand.unwatch(this, () -> {});
    }
  }

  private void receive() {
    ByteBuffer buffer = strand.scratch().readBuffer();
    int limitBytes = readLimitBytes(buffer);
    for (int reads = 0; reads < READS_PER_TURN; reads++) {
      if (!wantsRead()) {
        return;
      }
      buffer.clear().limit(limitBytes);
      int received = transport.receive(handle, buffer);
      if (received > 0) {
        lastMoveNanos = strand.nowNanos();
        strand.scratch().counters().received(received);
        deliver(buffer.flip());
        if (!edgeTriggered) {
          // Level-triggered: if there is more, the next wait says so, and others go first.
          return;
        }
      } else if (received == 0) {
        inputEnded = true;
        end();
        return;
      } else {
        if (received != -Errno.EAGAIN) {
          breakDown(received);
        }
        return;
      }
    }
    // Edge-triggered and not yet read to its end: no event will come for what is there already.
    strand.execute(this::read);
  }

  /** An answer to one read should fit into the outbox, also when that has been made small. */
  private int readLimitBytes(ByteBuffer buffer) {
    int half = serving.options().outbox().highWatermarkBytes();
    return Math.min(buffer.capacity(), Math.max(half, 512));
  }

  private void deliver(ByteBuffer data) {
    try {
      handler.onReceive(this, data);
    } catch (Throwable e) {
      handlerFailed(e);
    }
  }

  private void end() {
    try {
      handler.onEnd(this);
    } catch (Throwable e) {
      handlerFailed(e);
    }
  }

  /**
   * The end of a turn: what was sent leaves, what is to be closed is closed, and the poller is told
   * what is wanted from now on.
   */
  private void settle() {
    if (closed) {
      return;
    }
    sendGathered();
    sendOutbox();
    if (!closed && closing == null && relieved()) {
      guarded(() -> handler.onWritable(this));
      sendGathered();
      // What that call has put into the outbox waits for the next event, lest a fast reader and a
      // fast producer keep the loop to themselves.
      awaitingWritable |= waitingBytes() > 0;
    }
    if (endOutput && !outputEnded && !aborting && waitingBytes() == 0) {
      outputEnded = true;
      transport.shutdownOutput(handle);
    }
    if (inputEnded && outputEnded) {
      // Ended on both sides: nothing can happen on it any more.
      beginClosing(CloseReason.PEER_CLOSED);
    }
    if (aborting || (closing != null && waitingBytes() == 0)) {
      finish();
    } else {
      if (watched) {
        strand.update(this);
      }
      armAgeTimer();
    }
  }

  private void settleLater() {
    if (!settleDeferred) {
      settleDeferred = true;
      strand.defer(this::settleDeferred);
    }
  }

  private void settleDeferred() {
    settleDeferred = false;
    inTurn = true;
    settle();
    inTurn = false;
  }

  /** From another thread, or from the turn of another connection. */
  private void requestSettle() {
    if (strand.isCurrent()) {
      if (!inTurn) {
        settleLater();
      }
    } else if (!settlePosted) {
      settlePosted = true;
      strand.execute(this::settlePosted);
    }
  }

  private void settlePosted() {
    // Cleared first: what is sent from now on posts again.
    settlePosted = false;
    settleDeferred();
  }

  // ---- sending

  @Override
  public boolean send(ByteBuffer bytes) {
    if (closing != null || endOutput) {
      return false;
    }
    if (strand.isCurrent() && inTurn && nothingWaits()) {
      return sendInTurn(bytes);
    }
    return accepted(outbox().offer(bytes, strand.nowNanos()));
  }

  @Override
  public boolean send(Message message) {
    if (closing != null || endOutput) {
      return false;
    }
    if (strand.isCurrent() && inTurn && nothingWaits()) {
      return sendInTurn(message.view());
    }
    return accepted(outbox().offer(message, strand.nowNanos()));
  }

  private boolean sendInTurn(ByteBuffer bytes) {
    int size = bytes.remaining();
    if (size == 0) {
      return true;
    }
    ByteBuffer gathered = strand.scratch().gatherBuffer();
    if (gatheredMessages == 0) {
      gathered.clear();
    }
    // Never more together than the outbox may hold, since that is where it goes if the kernel is
    // full.
    if (size < DIRECT_SEND_BYTES && roomToGather(gathered, size)) {
      gathered.put(bytes);
      gatheredMessages++;
      return true;
    }
    sendGathered();
    if (closing != null) {
      return false;
    }
    if (size < DIRECT_SEND_BYTES && nothingWaits() && roomToGather(gathered.clear(), size)) {
      gathered.put(bytes);
      gatheredMessages = 1;
      return true;
    }
    if (bytes.isDirect() && nothingWaits() && size <= serving.options().outbox().limitBytes()) {
      sendNow(bytes);
      if (aborting) {
        return false;
      }
      if (bytes.hasRemaining()) {
        outbox().keep(bytes, strand.nowNanos());
        awaitingWritable = true;
      }
      return true;
    }
    return accepted(outbox().offer(bytes, strand.nowNanos()));
  }

  private boolean roomToGather(ByteBuffer gathered, int size) {
    return size <= gathered.remaining()
        && gathered.position() + size <= serving.options().outbox().limitBytes()
        && gatheredMessages < serving.options().outbox().limitMessages();
  }

  private void sendGathered() {
    if (gatheredMessages == 0) {
      return;
    }
    gatheredMessages = 0;
    ByteBuffer gathered = strand.scratch().gatherBuffer().flip();
    sendNow(gathered);
    if (gathered.hasRemaining() && !aborting) {
      outbox().keep(gathered, strand.nowNanos());
      awaitingWritable = true;
    }
  }

  /** One call; what the kernel does not take remains in the buffer. */
  private void sendNow(ByteBuffer bytes) {
    int sent = transport.send(handle, bytes);
    if (sent > 0) {
      lastMoveNanos = strand.nowNanos();
      strand.scratch().counters().sent(sent);
    } else if (sent < 0 && sent != -Errno.EAGAIN) {
      breakDown(sent);
    }
  }

  private void sendOutbox() {
    Outbox waiting = outbox;
    if (waiting == null || awaitingWritable || aborting) {
      return;
    }
    ByteBuffer gather = strand.scratch().gatherBuffer();
    for (ByteBuffer next = waiting.next(gather); next != null; next = waiting.next(gather)) {
      int before = next.remaining();
      sendNow(next);
      waiting.sent(before - next.remaining());
      if (aborting) {
        return;
      }
      if (next.hasRemaining()) {
        awaitingWritable = true;
        return;
      }
    }
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
    requestSettle();
    return offer == Outbox.Offer.ACCEPTED;
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

  private long waitingBytes() {
    Outbox waiting = outbox;
    return waiting == null ? 0 : waiting.waitingBytes();
  }

  private boolean relieved() {
    Outbox waiting = outbox;
    if (waiting == null) {
      return false;
    }
    strand.scratch().counters().dropped(waiting.takeDropped());
    return waiting.takeRelief();
  }

  @Override
  public boolean isWritable() {
    Outbox waiting = outbox;
    return closing == null && (waiting == null || !waiting.isFull());
  }

  @Override
  public long outboxBytes() {
    return waitingBytes();
  }

  // ---- time limits

  private void armAgeTimer() {
    Outbox waiting = outbox;
    if (waiting == null || ageTimerArmed) {
      return;
    }
    long expiresAtNanos = waiting.expiresAtNanos();
    if (expiresAtNanos != Long.MAX_VALUE) {
      ageTimerArmed = true;
      strand.schedule(Math.max(0, expiresAtNanos - strand.nowNanos()), this::checkAge);
    }
  }

  private void checkAge() {
    ageTimerArmed = false;
    Outbox waiting = outbox;
    if (closed || waiting == null) {
      return;
    }
    if (waiting.isExpired(strand.nowNanos())) {
      abort(
          CloseReason.of(
              CloseReason.Kind.SLOW_CONSUMER,
              "a message waited longer than "
                  + serving.options().outbox().limitAge().toMillis()
                  + " ms"));
    } else {
      armAgeTimer();
    }
  }

  private void checkIdle() {
    if (closed) {
      return;
    }
    long idleNanos = serving.options().idleTimeout().toNanos();
    long leftNanos = lastMoveNanos + idleNanos - strand.nowNanos();
    if (leftNanos <= 0) {
      close(CloseReason.IDLE_TIMEOUT);
    } else {
      strand.schedule(leftNanos, this::checkIdle);
    }
  }

  // ---- pausing

  @Override
  public void pauseReading() {
    if (!paused) {
      paused = true;
      requestUpdate();
    }
  }

  @Override
  public void resumeReading() {
    if (paused) {
      paused = false;
      requestUpdate();
    }
  }

  private void requestUpdate() {
    if (strand.isCurrent()) {
      if (!inTurn) {
        settleLater();
      }
      rewatch();
    } else {
      strand.execute(() -> {
        rewatch();
        settleDeferred();
      });
    }
  }

  /** After {@link #hangup} looked away. */
  private void rewatch() {
    if (watched || closed || paused) {
      return;
    }
    try {
      watched = true;
      strand.watch(this);
    } catch (IOException e) {
      abort(CloseReason.of(CloseReason.Kind.IO_ERROR, String.valueOf(e.getMessage())));
    }
  }

  // ---- closing

  @Override
  public void shutdownOutput() {
    if (!endOutput) {
      endOutput = true;
      requestSettle();
    }
  }

  @Override
  public void close() {
    close(inputEnded ? CloseReason.PEER_CLOSED : CloseReason.LOCAL_CLOSE);
  }

  @Override
  public void close(CloseReason reason) {
    if (beginClosing(reason)) {
      requestSettle();
    }
  }

  @Override
  public void abort() {
    abort(CloseReason.ABORTED);
  }

  private void abort(CloseReason reason) {
    beginClosing(reason);
    aborting = true;
    requestSettle();
  }

  /** The first reason counts. */
  private synchronized boolean beginClosing(CloseReason reason) {
    if (closing != null) {
      return false;
    }
    closing = reason;
    return true;
  }

  private void breakDown(int negativeErrno) {
    int errno = -negativeErrno;
    boolean peer = errno == Errno.ECONNRESET || errno == Errno.EPIPE || errno == Errno.ETIMEDOUT;
    beginClosing(
        CloseReason.of(
            peer ? CloseReason.Kind.PEER_RESET : CloseReason.Kind.IO_ERROR, Errno.describe(errno)));
    aborting = true;
  }

  /** All is sent, or given up. */
  private void finish() {
    if (!aborting && !lingering && !inputEnded && unreadInput()) {
      // Closing with unread input resets the connection (RFC 1122, 4.2.2.13), and the reset may
      // overtake what we have sent. So end our side, and read on for a while.
      lingering = true;
      transport.shutdownOutput(handle);
      strand.schedule(LINGER_NANOS, this::release);
      if (watched) {
        strand.update(this);
      }
    } else if (!lingering || aborting) {
      release();
    }
  }

  private boolean unreadInput() {
    return drop() > 0;
  }

  private void linger() {
    int dropped = drop();
    lingeredBytes += Math.max(0, dropped);
    if (lingeredBytes > LINGER_BYTES || dropped == 0 || (dropped < 0 && dropped != -Errno.EAGAIN)) {
      release();
    } else if (edgeTriggered && dropped > 0) {
      strand.execute(this::read);
    } else if (watched) {
      strand.update(this);
    }
  }

  private int drop() {
    ByteBuffer buffer = strand.scratch().readBuffer();
    return transport.receive(handle, buffer.clear());
  }

  private void release() {
    if (closed) {
      return;
    }
    closed = true;
    gatheredMessages = 0;
    CloseReason reason = closing == null ? CloseReason.ABORTED : closing;
    Outbox waiting = outbox;
    if (waiting != null) {
      strand.scratch().counters().dropped(waiting.takeDropped());
      waiting.clear();
    }
    watched = false;
    boolean reset = aborting && reason.kind() != CloseReason.Kind.PEER_RESET;
    strand.unwatch(this, reset ? this::resetSocket : this::closeSocket);
    try {
      handler.onClose(this, reason);
    } catch (Throwable e) {
      serving.handlerFailed(remote, e);
    }
    serving.closed(this, reason);
  }

  /** The server stops: handle what has arrived, then close. */
  void requestDrain() {
    strand.execute(this::drain);
  }

  private void drain() {
    if (closed || closing != null) {
      return;
    }
    inTurn = true;
    for (int reads = 0; reads < READS_PER_TURN && wantsRead(); reads++) {
      ByteBuffer buffer = strand.scratch().readBuffer();
      int received = transport.receive(handle, buffer.clear().limit(readLimitBytes(buffer)));
      if (received <= 0) {
        break;
      }
      strand.scratch().counters().received(received);
      deliver(buffer.flip());
    }
    beginClosing(CloseReason.SERVER_STOPPED);
    settle();
    inTurn = false;
  }

  /** The server's patience is over. */
  void cutOff() {
    abort(CloseReason.SERVER_STOPPED);
  }

  // ---- the rest

  @Override
  public void execute(Runnable task) {
    strand.execute(() -> turn(task::run));
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    strand.schedule(delay.toNanos(), () -> turn(task::run));
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
    // The number of a closed socket may be another's by now.
    return closed ? serving.options().address() : transport.localAddress(handle);
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
