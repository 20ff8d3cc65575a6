package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Fanout;
import fivefold.net.FileRegion;
import fivefold.net.Group;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.net.PeerCredentials;
import fivefold.net.StreamHandler;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a loop: keeps the handler's contract, whatever the loop waits by. How bytes
 * come and go is its subclass's: on readiness the loop reads and writes, on completion it is told
 * that this has been done.
 *
 * <p>Everything that touches the socket or the handler runs on the connection's {@link Strand}, in
 * <i>turns</i>: a turn begins with an event, a task or a timer, calls the handler, and ends with
 * {@link #settle}, which sends what the handler has sent as one call and closes what is to be
 * closed. Other threads only put into the {@link Outbox} and post.
 */
public abstract class StreamConnection implements Fanout.Member, OutgoingConnection {
  /** From here a copy into the gather buffer costs more than the system call it may save. */
  protected static final int DIRECT_SEND_BYTES = 8 * 1024;

  /** Not in the table of a loop. */
  static final int NOWHERE = -1;

  private final StreamServing serving;
  private final Strand strand;
  // Replaced by one that is made out, when somebody asks.
  private RemoteAddress remote;
  private final long id;
  private final StreamHandler handler;

  private int place = NOWHERE;

  // Only on the strand.
  private boolean inTurn;
  private boolean settleDeferred;
  private boolean inputEnded;
  private boolean outputEnded;
  private boolean awaitingWritable;
  private @Nullable Timer idleTimer;
  private boolean closed;
  private int gatheredMessages;
  private long lastMoveNanos;
  private @Nullable OutgoingSender outgoingSender;

  // Any thread.
  private volatile @Nullable Outbox outbox;
  private volatile @Nullable Subscriptions subscriptions;
  private volatile @Nullable SocketAnswers answers;
  private volatile @Nullable CloseReason closing;
  private volatile boolean aborting;
  private volatile boolean socketGone;
  private volatile boolean paused;
  private volatile boolean endOutput;
  private volatile boolean settlePosted;
  private volatile boolean updatePosted;
  private volatile @Nullable Object attachment;

  protected StreamConnection(StreamServing serving, Strand strand, RemoteAddress remote) {
    this.serving = serving;
    this.strand = strand;
    this.remote = remote;
    this.id = serving.nextId();
    this.handler = serving.newHandler();
    this.lastMoveNanos = strand.nowNanos();
  }

  // ---- what the subclass does with the socket, always on the strand

  /**
   * Sends without waiting.
   *
   * @return bytes taken, which the buffer's position has moved by; {@code -EAGAIN} when it takes
   *     none now and will say by {@link #nowWritable} when it does; another negative errno when it
   *     broke
   */
  protected abstract int transmit(ByteBuffer bytes);

  /**
   * The same for bytes that are shared and do not change, so that the socket may take them from
   * where they are, also a little later.
   */
  protected int transmitShared(ByteBuffer bytes) {
    return transmit(bytes);
  }

  /** Opens a file in the way that {@link #transmitFile} likes best. */
  protected OpenFile openFile(Path path) throws IOException {
    return ChannelFile.open(path);
  }

  /**
   * Lets the kernel send from the file itself, without waiting for the peer.
   *
   * @return as {@link #transmit}; 0 when the file ends before; {@code -EOPNOTSUPP} when it is to be
   *     read and sent instead
   */
  protected int transmitFile(OpenFile file, long positionBytes, int bytes) {
    return -Errno.EOPNOTSUPP;
  }

  /** Whether bytes that {@link #transmit} took may yet come back by {@link #putBack}. */
  protected boolean isSending() {
    return false;
  }

  /**
   * Finds out at once what became of bytes that {@link #transmit} took.
   *
   * @return true when the kernel has taken all of them, so that more can be sent
   */
  protected boolean confirmSent() {
    return false;
  }

  /**
   * Bytes that {@link #transmit} has left in the buffer but is sending all the same, from a copy:
   * they stay in the outbox until {@link #inFlightSent} tells what became of them.
   */
  protected int inFlightBytes() {
    return 0;
  }

  /** Whether calls are dear just now: then more is gathered than the outbox has room for. */
  protected boolean sparesCalls() {
    return false;
  }

  /**
   * What is wanted of the socket ({@link #wantsInput}, {@link #awaitsWritable}) may have changed.
   */
  protected abstract void update();

  /** Reading has been resumed; {@link #update} follows. */
  protected void resumed() {}

  /** All was sent: ends our side. */
  protected abstract void endOutput();

  /**
   * All was sent, or is given up ({@link #isAborting}): closes the socket and calls {@link #ended},
   * now or when the peer has had its time to hear what was sent. May be called again meanwhile.
   */
  protected abstract void finish();

  // ---- what the subclass tells

  /** The first turn: the connection is there. */
  protected final void begin() {
    lastMoveNanos = strand.nowNanos();
    serving.opened(this);
    if (place == NOWHERE) {
      armIdleTimer();
    }
    inTurn = true;
    try {
      handler.onOpen(this);
    } catch (Throwable e) {
      handlerFailed(e);
    }
    settle();
    inTurn = false;
  }

  /** It cannot be served. Its handler has not heard of it, so it is not told of the end either. */
  protected final void refuse(String why) {
    closed = true;
    closing = CloseReason.of(CloseReason.Kind.IO_ERROR, why);
    serving.cancelOpen();
    serving.refused(remoteAddress(), why);
  }

  protected final void beginTurn() {
    inTurn = true;
  }

  /** Sends, closes, and says what is wanted, as the turn has left it. */
  protected final void endTurn() {
    settle();
    inTurn = false;
  }

  /** Bytes have arrived. In a turn. */
  protected final void received(ByteBuffer data) {
    lastMoveNanos = strand.nowNanos();
    strand.scratch().counters().received(data.remaining());
    try {
      handler.onReceive(this, data);
    } catch (Throwable e) {
      handlerFailed(e);
    }
  }

  /** The peer has ended its side. In a turn. */
  protected final void inputEnd() {
    inputEnded = true;
    try {
      handler.onEnd(this);
    } catch (Throwable e) {
      handlerFailed(e);
    }
  }

  /** {@link #transmit} would take bytes again. In a turn. */
  protected final void nowWritable() {
    awaitingWritable = false;
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
    strand.scratch().counters().sent(-bytes.remaining());
    outbox().putBack(bytes, strand.nowNanos());
    awaitingWritable = true;
    armAgeTimer();
  }

  /** The socket is broken. */
  protected final void broken(int negativeErrno) {
    int errno = -negativeErrno;
    boolean peer = errno == Errno.ECONNRESET || errno == Errno.EPIPE || errno == Errno.ETIMEDOUT;
    beginClosing(
        CloseReason.of(
            peer ? CloseReason.Kind.PEER_RESET : CloseReason.Kind.IO_ERROR, Errno.describe(errno)));
    aborting = true;
  }

  /** The socket is closed, or about to be: the handler hears of the end. */
  protected final void ended() {
    closed = true;
    gatheredMessages = 0;
    // Else they would hold on to this connection until they are due, and a server of short
    // connections would fill its memory with them.
    cancel(idleTimer);
    CloseReason reason = reason();
    countDropped();
    Outbox waiting = outbox;
    if (waiting != null) {
      cancel(waiting.ageTimer);
      waiting.clear();
    }
    leaveGroups();
    try {
      handler.onClose(this, reason);
    } catch (Throwable e) {
      serving.handlerFailed(remoteAddress(), e);
    }
    serving.closed(this, reason);
  }

  private void cancel(@Nullable Timer timer) {
    if (timer != null) {
      strand.cancel(timer);
    }
  }

  // ---- what the subclass asks

  /** Whether the handler would hear of bytes now. */
  protected final boolean wantsInput() {
    return !inputEnded && !paused && closing == null;
  }

  protected final boolean awaitsWritable() {
    return awaitingWritable;
  }

  /** Whether something is to be done when all is sent: the half-close, or the close. */
  protected final boolean awaitsAllSent() {
    return closing != null || (endOutput && !outputEnded);
  }

  /** Whether the handler is to be told when there is room in the outbox. */
  protected final boolean awaitsRelief() {
    Outbox waiting = outbox;
    return waiting != null && waiting.isFull();
  }

  protected final boolean isInputEnded() {
    return inputEnded;
  }

  protected final boolean isAborting() {
    return aborting;
  }

  protected final boolean isEnded() {
    return closed;
  }

  /** The socket's own address; asked for once at most, and only while the socket is there. */
  protected abstract SocketAddress askLocalAddress();

  /** Whether only the strand can ask, so that other threads wait for it to do so. */
  protected boolean isStrandToAsk() {
    return false;
  }

  /** Who has connected to a Unix socket, if that can be asked; as {@link #askLocalAddress}. */
  protected @Nullable PeerCredentials askPeerCredentials() {
    return null;
  }

  /** The socket is about to be closed: its number may be another's from now on. */
  protected final synchronized void socketGoes() {
    socketGone = true;
  }

  final boolean isSocketGone() {
    return socketGone;
  }

  private SocketAnswers answers() {
    SocketAnswers existing = answers;
    if (existing != null) {
      return existing;
    }
    synchronized (this) {
      if (answers == null) {
        answers = new SocketAnswers(this);
      }
      return answers;
    }
  }

  @Override
  public final SocketAddress localAddress() {
    return answers().localAddress();
  }

  @Override
  public final <T> @Nullable T below(Class<T> kind) {
    if (kind.equals(OutgoingConnection.class)) {
      return kind.cast(this);
    }
    return kind.equals(PeerCredentials.class) ? kind.cast(answers().peerCredentials()) : null;
  }

  protected final CloseReason reason() {
    CloseReason known = closing;
    return known == null ? CloseReason.ABORTED : known;
  }

  protected final StreamServing serving() {
    return serving;
  }

  protected final Strand strand() {
    return strand;
  }

  /** An answer to one read should fit into the outbox, also when that has been made small. */
  protected final int readLimitBytes(int capacityBytes) {
    int half = serving.options().outbox().highWatermarkBytes();
    return Math.min(capacityBytes, Math.max(half, 512));
  }

  // ---- turns

  /** A call of the handler. */
  interface Call {
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

  final void guarded(Call call) {
    try {
      call.run();
    } catch (Throwable e) {
      handlerFailed(e);
    }
  }

  private void handlerFailed(Throwable error) {
    serving.handlerFailed(remoteAddress(), error);
    beginClosing(CloseReason.thrownByHandler(error));
  }

  /**
   * The end of a turn: what was sent leaves, what is to be closed is closed, and the poller is told
   * what is wanted from now on.
   */
  private void settle() {
    if (closed) {
      giveBackOffered();
      return;
    }
    sendGathered();
    sendOutbox();
    tellProgress();
    countDropped();
    // What is still being sent may come back, and then there is no room after all.
    if (!closed && closing == null && !isSending() && relieved()) {
      guarded(() -> handler.onWritable(this));
      sendGathered();
      Outbox waiting = outbox();
      if (!awaitingWritable && (waiting.isFull() || !waiting.isEmpty())) {
        // What that call has put into the outbox waits for another turn, lest a fast reader and a
        // fast producer keep the loop to themselves. Not for an event: the socket has not been
        // found full, so an edge-triggered poller has nothing to tell. Full it can be and empty, if
        // the kernel has taken at once what was gathered beyond its room.
        postSettle();
      }
    }
    boolean allSent = waitingBytes() == 0 && !isSending();
    if (endOutput && !outputEnded && !aborting && allSent) {
      outputEnded = true;
      endOutput();
    }
    if (inputEnded && outputEnded) {
      // Ended on both sides: nothing can happen on it any more.
      beginClosing(CloseReason.PEER_CLOSED);
    }
    if (aborting || (closing != null && allSent)) {
      finish();
    } else {
      update();
      armAgeTimer();
    }
  }

  /** What another thread has offered while the end came. */
  private void giveBackOffered() {
    Outbox waiting = outbox;
    if (waiting != null) {
      waiting.clear();
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
    } else {
      postSettle();
    }
  }

  final void postSettle() {
    if (!settlePosted) {
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
    catchUp();
    if (closing != null || endOutput) {
      return false;
    }
    if (strand.isCurrent() && inTurn && mayPassOutbox(bytes.remaining())) {
      return sendInTurn(bytes);
    }
    return accepted(outbox().offer(bytes, strand.nowNanos()));
  }

  @Override
  public boolean send(Message message) {
    catchUp();
    if (closing != null || endOutput) {
      return false;
    }
    if (strand.isCurrent() && inTurn && mayPassOutbox(message.size())) {
      return sendInTurn(message.view());
    }
    return accepted(outbox().offer(message, strand.nowNanos()));
  }

  @Override
  public boolean send(FileRegion region) throws IOException {
    if (closing != null || endOutput) {
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
    if (closing != null || endOutput) {
      return false;
    }
    return accepted(outbox().offer(outgoing, strand.nowNanos()));
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
    ByteBuffer gathered = strand.scratch().gatherBuffer();
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
    if (closing != null) {
      return false;
    }
    if (size < DIRECT_SEND_BYTES && nothingWaits()) {
      gathered.clear().put(bytes);
      gatheredMessages = 1;
      return true;
    }
    if (bytes.isDirect() && nothingWaits() && size <= serving.options().outbox().limitBytes()) {
      sendNow(bytes);
      if (aborting) {
        return false;
      }
      if (bytes.hasRemaining()) {
        keepRest(bytes);
      }
      return true;
    }
    return accepted(outbox().offer(bytes, strand.nowNanos()));
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
    return gathered.position() + size <= serving.options().outbox().highWatermarkBytes()
        && gatheredMessages < serving.options().outbox().highWatermarkMessages();
  }

  private void sendGathered() {
    if (gatheredMessages == 0) {
      return;
    }
    gatheredMessages = 0;
    ByteBuffer gathered = strand.scratch().gatherBuffer().flip();
    sendNow(gathered);
    if (gathered.hasRemaining() && !aborting) {
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
    lastMoveNanos = strand.nowNanos();
    strand.scratch().counters().sent(bytes);
  }

  private void keepRest(ByteBuffer rest) {
    outbox().keep(rest, strand.nowNanos(), inFlightBytes());
    awaitingWritable = true;
  }

  private void sendOutbox() {
    Outbox waiting = outbox;
    if (waiting == null || awaitingWritable || aborting) {
      return;
    }
    ByteBuffer gather = strand.scratch().gatherBuffer();
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
      if (aborting) {
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

  /** What was to be sent cannot be read. */
  final void sourceFailed(IOException e) {
    beginClosing(new CloseReason(CloseReason.Kind.IO_ERROR, String.valueOf(e.getMessage()), e));
    aborting = true;
  }

  private void tellProgress() {
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

  private void countDropped() {
    Outbox waiting = outbox;
    if (waiting != null) {
      strand.scratch().counters().dropped(waiting.takeDropped());
    }
  }

  private boolean relieved() {
    Outbox waiting = outbox;
    return waiting != null && waiting.takeRelief();
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
    return waitingBytes();
  }

  // ---- groups

  @Override
  public final @Nullable Object loop() {
    return strand instanceof Loop ? strand : null;
  }

  @Override
  public final Fanout newFanout(Group group) {
    if (strand instanceof Loop loop) {
      return new LoopFanout(group, loop);
    }
    throw new IllegalStateException("no loop goes round these connections");
  }

  final Subscriptions subscriptions() {
    Subscriptions existing = subscriptions;
    if (existing != null) {
      return existing;
    }
    synchronized (this) {
      if (subscriptions == null) {
        subscriptions = new Subscriptions(this::offer);
      }
      return subscriptions;
    }
  }

  /** What was broadcast until now leaves first. */
  private void catchUp() {
    Subscriptions known = subscriptions;
    if (known != null) {
      known.catchUp();
    }
  }

  final @Nullable Subscription unsubscribe(LoopFanout fanout) {
    Subscriptions known = subscriptions;
    return known == null ? null : known.remove(fanout);
  }

  private void leaveGroups() {
    Subscriptions known = subscriptions;
    if (known != null) {
      for (Subscription each : known.end()) {
        boolean _ = each.group.remove(this);
      }
    }
  }

  private void offer(Broadcast broadcast) {
    if (closing == null && !endOutput) {
      boolean _ = accepted(outbox().offer(broadcast.message, strand.nowNanos()));
    }
  }

  /** The loop has come round with the broadcasts up to this one. On the loop, between turns. */
  final void deliver(Subscription subscription, Broadcast upTo) {
    boolean fits = upTo.message.size() <= serving.options().outbox().limitBytes();
    boolean atOnce = subscriptions().deliver(subscription, upTo, fits && nothingWaits());
    if (atOnce && closing == null && !endOutput) {
      sendShared(upTo);
    }
  }

  private void sendShared(Broadcast broadcast) {
    ByteBuffer bytes = broadcast.view();
    int sent = transmitShared(bytes);
    if (sent > 0) {
      countSent(sent);
    } else if (sent < 0 && sent != -Errno.EAGAIN) {
      broken(sent);
    }
    if (bytes.hasRemaining() || aborting) {
      inTurn = true;
      if (!aborting) {
        outbox().keep(broadcast.message, bytes.position(), strand.nowNanos());
        awaitingWritable = true;
      }
      settle();
      inTurn = false;
    }
  }

  // ---- time limits

  private void armAgeTimer() {
    Outbox waiting = outbox;
    if (waiting == null || waiting.ageTimer != null) {
      return;
    }
    long expiresAtNanos = waiting.expiresAtNanos();
    if (expiresAtNanos != Long.MAX_VALUE) {
      waiting.ageTimer =
          strand.schedule(Math.max(0, expiresAtNanos - strand.nowNanos()), this::checkAge);
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

  /**
   * How long the connection may yet be idle; one that may not is closed on its strand. On the loop,
   * which may see the last move of a pool's connection a little late: the strand looks again.
   */
  final long idleLeftNanos(long nowNanos, long timeoutNanos) {
    long leftNanos = lastMoveNanos + timeoutNanos - nowNanos;
    if (leftNanos > 0) {
      return leftNanos;
    }
    if (strand.isCurrent()) {
      checkIdle();
    } else {
      strand.execute(this::checkIdle);
    }
    return timeoutNanos;
  }

  /** For a connection that stands in no loop's table, so that no {@link IdleSweep} comes by. */
  private void armIdleTimer() {
    long idleNanos = serving.options().idleTimeout().toNanos();
    if (idleNanos > 0) {
      long leftNanos = lastMoveNanos + idleNanos - strand.nowNanos();
      idleTimer = strand.schedule(leftNanos > 0 ? leftNanos : idleNanos, this::idleTimerDue);
    }
  }

  private void idleTimerDue() {
    checkIdle();
    if (!closed) {
      armIdleTimer();
    }
  }

  private void checkIdle() {
    long idleNanos = serving.options().idleTimeout().toNanos();
    if (closed || lastMoveNanos + idleNanos - strand.nowNanos() > 0) {
      return;
    }
    if (waitingBytes() > 0) {
      // Nothing moved, so what waits will not either.
      abort(CloseReason.IDLE_TIMEOUT);
    } else {
      turn(() -> closeInOrder(CloseReason.IDLE_TIMEOUT));
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
      tellResumed();
    } else if (!updatePosted) {
      // One at a time: who pauses and resumes faster than the strand runs would fill its queue.
      updatePosted = true;
      strand.execute(this::updatePosted);
    }
  }

  private void updatePosted() {
    // Cleared first: what changes from now on posts again.
    updatePosted = false;
    tellResumed();
    settleDeferred();
  }

  private void tellResumed() {
    if (!paused && !closed) {
      resumed();
    }
  }

  // ---- closing

  @Override
  public void shutdownOutput() {
    catchUp();
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
    catchUp();
    if (beginClosing(reason)) {
      requestSettle();
    }
  }

  @Override
  public void abort() {
    abort(CloseReason.ABORTED);
  }

  /** Closes at once, and says why. */
  protected final void abort(CloseReason reason) {
    beginClosing(reason);
    aborting = true;
    requestSettle();
  }

  /** Not asked for by the handler, which may therefore say a last word. In a turn. */
  private void closeInOrder(CloseReason reason) throws Exception {
    catchUp();
    if (closing == null) {
      handler.onClosing(this, reason);
    }
    beginClosing(reason);
  }

  /** The first reason counts. */
  private synchronized boolean beginClosing(CloseReason reason) {
    if (closing != null) {
      return false;
    }
    closing = reason;
    return true;
  }

  /** The server stops: handle what has arrived, then close. */
  public final void requestDrain() {
    strand.execute(() -> {
      if (!closed && closing == null) {
        inTurn = true;
        drainInput();
        guarded(() -> closeInOrder(CloseReason.SERVER_STOPPED));
        settle();
        inTurn = false;
      }
    });
  }

  /** Hands over by {@link #received} what has arrived already. In a turn. */
  protected abstract void drainInput();

  /** The server's patience is over. */
  public final void cutOff() {
    abort(CloseReason.SERVER_STOPPED);
  }

  // ---- the rest

  @Override
  public void execute(Runnable task) {
    strand.execute(() -> turn(task::run));
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    // Converted so, a delay beyond the end of time does not overflow.
    strand.schedule(TimeUnit.NANOSECONDS.convert(delay), () -> turn(task::run));
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public SocketAddress remoteAddress() {
    SocketAddress address = remote.address();
    if (remote instanceof RemoteAddress.Inet4) {
      remote = RemoteAddress.of(address);
    }
    return address;
  }

  /** Where the loop's table has it; the loop's own. */
  final int place() {
    return place;
  }

  final void setPlace(int at) {
    place = at;
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
    return "connection #" + id + " of " + remoteAddress();
  }
}
