package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Fanout;
import fivefold.net.Group;
import fivefold.net.PeerCredentials;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
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
public abstract class StreamConnection extends SendingConnection implements Fanout.Member {
  /** Not in the table of a loop. */
  static final int NOWHERE = -1;

  private final StreamHandler handler;

  private int place = NOWHERE;

  // Only on the strand.
  private boolean inTurn;
  private boolean settleDeferred;
  private boolean inputEnded;
  private boolean outputEnded;
  private @Nullable Timer idleTimer;

  // Any thread.
  private volatile @Nullable Subscriptions subscriptions;
  private volatile boolean paused;
  private volatile boolean settlePosted;
  private volatile boolean updatePosted;
  private volatile @Nullable Object attachment;

  protected StreamConnection(StreamServing serving, Strand strand, RemoteAddress remote) {
    super(serving, strand, remote);
    this.handler = serving.newHandler();
  }

  // ---- what the subclass tells

  /** The first turn: the connection is there. */
  protected final void begin() {
    moved();
    serving().opened(this);
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
    beginClosing(CloseReason.of(CloseReason.Kind.IO_ERROR, why));
    endSending();
    serving().cancelOpen();
    serving().refused(remoteAddress(), why);
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
    moved();
    strand().scratch().counters().received(data.remaining());
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

  /** The socket is closed, or about to be: the handler hears of the end. */
  protected final void ended() {
    CloseReason reason = reason();
    if (idleTimer != null) {
      // Else it would hold on to this connection until it is due, and a server of short connections
      // would fill its memory with them.
      strand().cancel(idleTimer);
    }
    endSending();
    leaveGroups();
    try {
      handler.onClose(this, reason);
    } catch (Throwable e) {
      serving().handlerFailed(remoteAddress(), e);
    }
    serving().closed(this, reason);
  }

  // ---- what the subclass asks

  /** Whether the handler would hear of bytes now. */
  protected final boolean wantsInput() {
    return !inputEnded && !paused && isOpen();
  }

  /** Whether something is to be done when all is sent: the half-close, or the close. */
  protected final boolean awaitsAllSent() {
    return !isOpen() || (endsOutput() && !outputEnded);
  }

  protected final boolean isInputEnded() {
    return inputEnded;
  }

  @Override
  public final <T> @Nullable T below(Class<T> kind) {
    if (kind.equals(OutgoingConnection.class)) {
      return kind.cast(this);
    }
    return kind.equals(PeerCredentials.class) ? kind.cast(answers().peerCredentials()) : null;
  }

  /** An answer to one read should fit into the outbox, also when that has been made small. */
  protected final int readLimitBytes(int capacityBytes) {
    int half = serving().options().outbox().highWatermarkBytes();
    return Math.min(capacityBytes, Math.max(half, 512));
  }

  // ---- turns

  @Override
  final boolean isInTurn() {
    return inTurn;
  }

  private void turn(Call call) {
    if (isEnded()) {
      return;
    }
    inTurn = true;
    guarded(call);
    settle();
    inTurn = false;
  }

  @Override
  final void guarded(Call call) {
    try {
      call.run();
    } catch (Throwable e) {
      handlerFailed(e);
    }
  }

  private void handlerFailed(Throwable error) {
    serving().handlerFailed(remoteAddress(), error);
    beginClosing(CloseReason.thrownByHandler(error));
  }

  /**
   * The end of a turn: what was sent leaves, what is to be closed is closed, and the poller is told
   * what is wanted from now on.
   */
  private void settle() {
    if (isEnded()) {
      giveBackOffered();
      return;
    }
    sendGathered();
    sendOutbox();
    tellProgress();
    countDropped();
    // What is still being sent may come back, and then there is no room after all.
    if (!isEnded() && isOpen() && !isSending() && relieved()) {
      guarded(() -> handler.onWritable(this));
      sendGathered();
      if (!awaitsWritable() && isOccupied()) {
        // What that call has put into the outbox waits for another turn, lest a fast reader and a
        // fast producer keep the loop to themselves. Not for an event: the socket has not been
        // found full, so an edge-triggered poller has nothing to tell. Full it can be and empty, if
        // the kernel has taken at once what was gathered beyond its room.
        postSettle();
      }
    }
    boolean allSent = waitingBytes() == 0 && !isSending();
    if (endsOutput() && !outputEnded && !isAborting() && allSent) {
      outputEnded = true;
      endOutput();
    }
    if (inputEnded && outputEnded) {
      // Ended on both sides: nothing can happen on it any more.
      beginClosing(CloseReason.PEER_CLOSED);
    }
    if (isAborting() || (!isOpen() && allSent)) {
      finish();
    } else {
      update();
      armAgeTimer();
    }
  }

  private void settleLater() {
    if (!settleDeferred) {
      settleDeferred = true;
      strand().defer(this::settleDeferred);
    }
  }

  private void settleDeferred() {
    settleDeferred = false;
    inTurn = true;
    settle();
    inTurn = false;
  }

  @Override
  final void requestSettle() {
    if (strand().isCurrent()) {
      if (!inTurn) {
        settleLater();
      }
    } else {
      postSettle();
    }
  }

  @Override
  final void postSettle() {
    if (!settlePosted) {
      settlePosted = true;
      strand().execute(this::settlePosted);
    }
  }

  private void settlePosted() {
    // Cleared first: what is sent from now on posts again.
    settlePosted = false;
    settleDeferred();
  }

  // ---- groups

  @Override
  public final @Nullable Object loop() {
    return strand() instanceof Loop loop ? loop : null;
  }

  @Override
  public final Fanout newFanout(Group group) {
    if (strand() instanceof Loop loop) {
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

  @Override
  final void catchUp() {
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
    if (isOpen() && !endsOutput()) {
      boolean _ = accepted(outbox().offer(broadcast.message, strand().nowNanos()));
    }
  }

  /** The loop has come round with the broadcasts up to this one. On the loop, between turns. */
  final void deliver(Subscription subscription, Broadcast upTo) {
    boolean fits = upTo.message.size() <= serving().options().outbox().limitBytes();
    boolean atOnce = subscriptions().deliver(subscription, upTo, fits && nothingWaits());
    if (atOnce && isOpen() && !endsOutput() && !sendShared(upTo)) {
      inTurn = true;
      settle();
      inTurn = false;
    }
  }

  /**
   * How long the connection may yet be idle; one that may not is closed on its strand. On the loop,
   * which may see the last move of a pool's connection a little late: the strand looks again.
   */
  final long idleLeftNanos(long nowNanos, long timeoutNanos) {
    long leftNanos = lastMoveNanos() + timeoutNanos - nowNanos;
    if (leftNanos > 0) {
      return leftNanos;
    }
    if (strand().isCurrent()) {
      checkIdle();
    } else {
      strand().execute(this::checkIdle);
    }
    return timeoutNanos;
  }

  /** For a connection that stands in no loop's table, so that no {@link IdleSweep} comes by. */
  private void armIdleTimer() {
    long idleNanos = serving().options().idleTimeout().toNanos();
    if (idleNanos > 0) {
      long leftNanos = lastMoveNanos() + idleNanos - strand().nowNanos();
      idleTimer = strand().schedule(leftNanos > 0 ? leftNanos : idleNanos, this::idleTimerDue);
    }
  }

  private void idleTimerDue() {
    checkIdle();
    if (!isEnded()) {
      armIdleTimer();
    }
  }

  private void checkIdle() {
    long idleNanos = serving().options().idleTimeout().toNanos();
    if (isEnded() || lastMoveNanos() + idleNanos - strand().nowNanos() > 0) {
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
    if (strand().isCurrent()) {
      if (!inTurn) {
        settleLater();
      }
      tellResumed();
    } else if (!updatePosted) {
      // One at a time: who pauses and resumes faster than the strand runs would fill its queue.
      updatePosted = true;
      strand().execute(this::updatePosted);
    }
  }

  private void updatePosted() {
    // Cleared first: what changes from now on posts again.
    updatePosted = false;
    tellResumed();
    settleDeferred();
  }

  private void tellResumed() {
    if (!paused && !isEnded()) {
      resumed();
    }
  }

  // ---- closing

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

  /** Not asked for by the handler, which may therefore say a last word. In a turn. */
  private void closeInOrder(CloseReason reason) throws Exception {
    catchUp();
    if (isOpen()) {
      handler.onClosing(this, reason);
    }
    beginClosing(reason);
  }

  /** The server stops: handle what has arrived, then close. */
  public final void requestDrain() {
    strand()
        .execute(() -> {
          if (!isEnded() && isOpen()) {
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
    strand().execute(() -> turn(task::run));
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    // Converted so, a delay beyond the end of time does not overflow.
    strand().schedule(TimeUnit.NANOSECONDS.convert(delay), () -> turn(task::run));
  }

  /** Where the loop's table has it; the loop's own. */
  final int place() {
    return place;
  }

  final void setPlace(int at) {
    place = at;
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
