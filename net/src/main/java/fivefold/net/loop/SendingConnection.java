package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.sys.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How what is sent leaves: within a turn of its own it is gathered, to leave as one call; what the
 * kernel does not take, and what other threads send, waits in the {@link Outbox}, whose limits are
 * kept here. It goes on until the connection closes.
 *
 * <p>A layer of {@link StreamConnection}, which brings the turns.
 */
abstract class SendingConnection extends SocketConnection implements OutgoingConnection {
  /** From here a copy into the gather buffer costs more than the system call it may save. */
  protected static final int DIRECT_SEND_BYTES = 8 * 1024;

  // Only on the strand.
  private boolean awaitingWritable;
  private boolean closed;
  private int gatheredMessages;
  private long lastMoveNanos;
  private @Nullable OutgoingSender outgoingSender;

  // Any thread.
  private volatile @Nullable Outbox outbox;
  private volatile boolean endOutput;

  SendingConnection(StreamServing serving, Strand strand, RemoteAddress remote) {
    super(serving, strand, remote);
    this.lastMoveNanos = strand.nowNanos();
  }

  // ---- the turns

  /** A call of the handler. */
  interface Call {
    void run() throws Exception;
  }

  /** Calls the handler; what it throws ends the connection. In a turn. */
  abstract void guarded(Call call);

  /** Whether this connection's handler is being called. Only on the strand. */
  abstract boolean isInTurn();

  /** Puts what was broadcast until now into the outbox, where it leaves first. */
  abstract void catchUp();

  /** What was sent from another thread, or in the turn of another connection, is to leave. */
  abstract void requestSettle();

  /** The same, as a turn of its own. */
  abstract void postSettle();

  // ---- taking what is sent

  @Override
  public boolean send(ByteBuffer bytes) {
    catchUp();
    if (!isOpen() || endOutput) {
      return false;
    }
    if (strand().isCurrent() && isInTurn() && mayPassOutbox(bytes.remaining())) {
      return sendInTurn(bytes);
    }
    return accepted(outbox().offer(bytes, strand().nowNanos()));
  }

  @Override
  public boolean send(Message message) {
    catchUp();
    if (!isOpen() || endOutput) {
      return false;
    }
    if (strand().isCurrent() && isInTurn() && mayPassOutbox(message.size())) {
      return sendInTurn(message.view());
    }
    return accepted(outbox().offer(message, strand().nowNanos()));
  }

  @Override
  public boolean send(FileRegion region) throws IOException {
    if (!isOpen() || endOutput) {
      return false;
    }
    FileSending sending = FileSending.open(region, this::openFile);
    boolean taken = send(sending);
    if (!taken) {
      sending.close();
    }
    return taken;
  }

  @Override
  public boolean send(Outgoing outgoing) {
    catchUp();
    if (!isOpen() || endOutput) {
      return false;
    }
    return accepted(outbox().offer(outgoing, strand().nowNanos()));
  }

  @Override
  public void layerIsFull() {
    boolean _ = accepted(Outbox.Offer.DISCONNECT);
  }

  /**
   * Nothing waits; or what waits has no room for so many bytes beside it, and can leave at once.
   */
  private boolean mayPassOutbox(int size) {
    Outbox waiting = outbox;
    if (waiting == null || waiting.isEmpty()) {
      return true;
    }
    if (!waiting.hasRoom(size) && confirmSent()) {
      nowWritable();
      // First what was sent first: a layer's bytes are numbered.
      sendGathered();
      sendOutbox();
    }
    return waiting.isEmpty();
  }

  private boolean sendInTurn(ByteBuffer bytes) {
    int size = bytes.remaining();
    if (size == 0) {
      return true;
    }
    ByteBuffer gathered = strand().scratch().gatherBuffer();
    if (gatheredMessages == 0) {
      gathered.clear();
    }
    // Never more together than makes the outbox full, since that is where it goes if the kernel is
    // full.
    if (size < DIRECT_SEND_BYTES && roomToGather(gathered, size)) {
      gathered.put(bytes);
      gatheredMessages++;
      return true;
    }
    sendGathered();
    if (!isOpen()) {
      return false;
    }
    if (size < DIRECT_SEND_BYTES && nothingWaits()) {
      gathered.clear().put(bytes);
      gatheredMessages = 1;
      return true;
    }
    if (bytes.isDirect() && nothingWaits() && size <= serving().options().outbox().limitBytes()) {
      sendNow(bytes);
      if (isAborting()) {
        return false;
      }
      if (bytes.hasRemaining()) {
        keepRest(bytes);
      }
      return true;
    }
    return accepted(outbox().offer(bytes, strand().nowNanos()));
  }

  private boolean roomToGather(ByteBuffer gathered, int size) {
    if (size > gathered.remaining()) {
      return false;
    }
    if (wouldFitOutbox(gathered, size)) {
      return true;
    }
    if (sparesCalls()) {
      // All of it comes to the outbox if the kernel is full, so who heeds the watermark stops here.
      outbox().beFull();
      return true;
    }
    return false;
  }

  private boolean wouldFitOutbox(ByteBuffer gathered, int size) {
    return gathered.position() + size <= serving().options().outbox().highWatermarkBytes()
        && gatheredMessages < serving().options().outbox().highWatermarkMessages();
  }

  // ---- sending it, on the strand

  final void sendGathered() {
    if (gatheredMessages == 0) {
      return;
    }
    gatheredMessages = 0;
    ByteBuffer gathered = strand().scratch().gatherBuffer().flip();
    sendNow(gathered);
    if (gathered.hasRemaining() && !isAborting()) {
      keepRest(gathered);
    }
  }

  /** One call; what the kernel does not take remains in the buffer. */
  private void sendNow(ByteBuffer bytes) {
    int sent = transmit(bytes);
    if (sent > 0) {
      countSent(sent);
    } else if (sent < 0 && sent != -Errno.EAGAIN) {
      broken(sent);
    }
  }

  final void countSent(int bytes) {
    moved();
    strand().scratch().counters().sent(bytes);
  }

  private void keepRest(ByteBuffer rest) {
    outbox().keep(rest, strand().nowNanos(), inFlightBytes());
    awaitingWritable = true;
  }

  final void sendOutbox() {
    Outbox waiting = outbox;
    if (waiting == null || awaitingWritable || isAborting()) {
      return;
    }
    ByteBuffer gather = strand().scratch().gatherBuffer();
    if (outgoingSender != null) {
      outgoingSender.beginTurn();
    }
    while (sendOutgoing(waiting)) {
      ByteBuffer next = waiting.next(gather);
      if (next == null) {
        continue;
      }
      int before = next.remaining();
      sendNow(next);
      waiting.sent(before - next.remaining(), next.hasRemaining() ? inFlightBytes() : 0);
      if (isAborting()) {
        return;
      }
      if (next.hasRemaining()) {
        awaitingWritable = true;
        return;
      }
    }
  }

  /** Whether something that is in memory stands at the head, when all before it was sent. */
  private boolean sendOutgoing(Outbox waiting) {
    return waiting.beginOutgoing() == null ? !waiting.isEmpty() : outgoingSender().send(waiting);
  }

  private OutgoingSender outgoingSender() {
    OutgoingSender existing = outgoingSender;
    if (existing == null) {
      existing = new OutgoingSender(this);
      outgoingSender = existing;
    }
    return existing;
  }

  final void tellProgress() {
    OutgoingSender sender = outgoingSender;
    if (sender == null || !sender.tellProgress()) {
      return;
    }
    // What was sent by those who were told. What it finds in its way waits for another turn, at the
    // end of which it is told how far that has come.
    sendGathered();
    if (waitingBytes() > 0 && !awaitingWritable) {
      postSettle();
    }
  }

  /** A message that others share, from where it is. Between turns. */
  final boolean sendShared(Broadcast broadcast) {
    ByteBuffer bytes = broadcast.view();
    int sent = transmitShared(bytes);
    if (sent > 0) {
      countSent(sent);
    } else if (sent < 0 && sent != -Errno.EAGAIN) {
      broken(sent);
    }
    if (bytes.hasRemaining() && !isAborting()) {
      outbox().keep(broadcast.message, bytes.position(), strand().nowNanos());
      awaitingWritable = true;
    }
    return !bytes.hasRemaining() && !isAborting();
  }

  // ---- what became of it, in a turn

  /** {@link #transmit} would take bytes again. In a turn. */
  protected final void nowWritable() {
    awaitingWritable = false;
  }

  protected final boolean awaitsWritable() {
    return awaitingWritable;
  }

  /** {@link #transmit} takes no more for now. In a turn. */
  final void nowFull() {
    awaitingWritable = true;
  }

  /**
   * The kernel took so many of those that were in flight; the rest is to be sent again. In a turn.
   */
  protected final void inFlightSent(int bytes) {
    Outbox waiting = outbox;
    Outgoing outgoing = waiting == null ? null : waiting.beginOutgoing();
    if (waiting != null && outgoing != null) {
      outgoingSender().pieceSent(waiting, outgoing, bytes);
    } else if (waiting != null) {
      waiting.sent(bytes);
    }
    countSent(bytes);
    awaitingWritable = false;
  }

  /** The kernel did not take these after all: they go first when it does. */
  protected final void putBack(ByteBuffer bytes) {
    strand().scratch().counters().sent(-bytes.remaining());
    outbox().putBack(bytes, strand().nowNanos());
    awaitingWritable = true;
    armAgeTimer();
  }

  // ---- the outbox

  final boolean accepted(Outbox.Offer offer) {
    if (offer == Outbox.Offer.DISCONNECT) {
      abort(Outbox.overflow(outboxLimits()));
      return false;
    }
    requestSettle();
    return offer == Outbox.Offer.ACCEPTED;
  }

  final Outbox outbox() {
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

  final long waitingBytes() {
    Outbox waiting = outbox;
    return waiting == null ? 0 : waiting.waitingBytes();
  }

  final void countDropped() {
    Outbox waiting = outbox;
    if (waiting != null) {
      strand().scratch().counters().dropped(waiting.takeDropped());
    }
  }

  /** Whether the handler is to be told when there is room in the outbox. */
  protected final boolean awaitsRelief() {
    Outbox waiting = outbox;
    return waiting != null && waiting.isFull();
  }

  /** Whether something waits in the outbox, or it has been made full without. */
  final boolean isOccupied() {
    Outbox waiting = outbox;
    return waiting != null && (waiting.isFull() || !waiting.isEmpty());
  }

  /** Whether there is room in the outbox again. Once for each time that it was full. */
  final boolean relieved() {
    Outbox waiting = outbox;
    return waiting != null && waiting.takeRelief();
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
    return waitingBytes();
  }

  // ---- age

  final void armAgeTimer() {
    Outbox waiting = outbox;
    if (waiting == null || waiting.ageTimer != null) {
      return;
    }
    long expiresAtNanos = waiting.expiresAtNanos();
    if (expiresAtNanos != Long.MAX_VALUE) {
      waiting.ageTimer =
          strand().schedule(Math.max(0, expiresAtNanos - strand().nowNanos()), this::checkAge);
    }
  }

  private void checkAge() {
    Outbox waiting = outbox;
    if (waiting == null) {
      return;
    }
    waiting.ageTimer = null;
    if (closed) {
      return;
    }
    if (waiting.isExpired(strand().nowNanos())) {
      abort(Outbox.expiry(outboxLimits()));
    } else {
      armAgeTimer();
    }
  }

  // ---- idleness

  /** Bytes have come or gone just now. */
  final void moved() {
    lastMoveNanos = strand().nowNanos();
  }

  final long lastMoveNanos() {
    return lastMoveNanos;
  }

  // ---- the end

  @Override
  public void shutdownOutput() {
    catchUp();
    if (!endOutput) {
      endOutput = true;
      requestSettle();
    }
  }

  /** Whether our side is to end, or has ended. */
  final boolean endsOutput() {
    return endOutput;
  }

  /** Closes at once, and says why. */
  protected final void abort(CloseReason reason) {
    breakOff(reason);
    requestSettle();
  }

  /** What was to be sent cannot be read. */
  final void sourceFailed(IOException e) {
    breakOff(new CloseReason(CloseReason.Kind.IO_ERROR, String.valueOf(e.getMessage()), e));
  }

  /** Nothing more is taken or sent; what waits is dropped. */
  final void endSending() {
    closed = true;
    gatheredMessages = 0;
    countDropped();
    Outbox waiting = outbox;
    if (waiting != null) {
      if (waiting.ageTimer != null) {
        strand().cancel(waiting.ageTimer);
      }
      waiting.clear();
    }
  }

  /** What another thread has offered while the end came. */
  final void giveBackOffered() {
    Outbox waiting = outbox;
    if (waiting != null) {
      waiting.clear();
    }
  }

  protected final boolean isEnded() {
    return closed;
  }
}
