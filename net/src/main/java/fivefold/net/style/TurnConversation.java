package fivefold.net.style;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A conversation whose virtual thread runs in the turns of its connection, on whichever platform
 * thread has them: this handler is the thread's scheduler. A read event wakes the thread and runs
 * it at once, inside {@code onReceive}, until it waits again; no other thread is involved.
 *
 * <p>The state below belongs to the turn: to the connection's thread while the conversation's is
 * unmounted, and to the conversation's while it is mounted in a turn. So it needs no lock, and the
 * conversation's thread takes none that the loop takes: all calls of the connection are made by the
 * turn when the thread has left it.
 *
 * <p>What wakes the thread from elsewhere (a timer, a lock let go, an interrupt) puts its next
 * piece of work into a stack and asks the connection for a turn.
 */
final class TurnConversation implements StreamHandler, Executor, Wire, Runnable {
  /** So much may arrive unread before reading pauses. */
  private static final int PAUSE_BYTES = 64 * 1024;

  /** A thread that yields again and again lets others go first after so many. */
  private static final int RUNS_PER_TURN = 64;

  /** A timer holds on to its connection, so a far deadline is looked at now and then instead. */
  private static final long LONGEST_TIMER_NANOS = 5_000_000_000L;

  // What the thread waits for.
  private static final byte NOTHING = 0;
  private static final byte INPUT = 1;
  private static final byte ROOM = 2;
  private static final byte NEXT_TURN = 3;

  private static final System.Logger LOG = System.getLogger("fivefold.net.style");

  private static final VarHandle POSTED;

  static {
    try {
      POSTED = MethodHandles.lookup().findVarHandle(TurnConversation.class, "posted", Due.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ConversationHandler handler;
  private @Nullable Connection opened;
  private @Nullable Thread thread;
  private final Conversation conversation = new Conversation(this);

  /** The work of our own thread, as against that of threads it has started. */
  private @Nullable Runnable own;

  // Of the turn.
  private @Nullable Host host;
  private @Nullable Runnable due;
  private @Nullable Due dueLater;
  private @Nullable ByteBuffer offered;
  private @Nullable ByteBuffer taken;
  private @Nullable ByteBuffer lent;
  private @Nullable ByteBuffer pending;
  private @Nullable Deadline awaited;
  private @Nullable FileRegion region;
  private @Nullable IOException regionFailure;
  private @Nullable Throwable failure;
  private @Nullable CloseReason closed;
  private long timerAtNanos;
  private int chunkBytes;
  private byte waits;
  private boolean expired;
  private boolean full;
  private boolean paused;
  private boolean ended;
  private boolean endOutput;
  private boolean closeAsked;
  private boolean timerArmed;
  private boolean done;
  private boolean doneTold;

  // Any thread.
  private volatile @Nullable Due posted;
  private volatile boolean gone;
  private volatile boolean away;
  private volatile boolean wantsHome;
  private volatile boolean homeward;

  TurnConversation(ConversationHandler handler) {
    this.handler = handler;
  }

  // ---- the thread's life

  @Override
  public void run() {
    try {
      handler.converse(conversation);
    } catch (Throwable e) {
      failure = e;
    } finally {
      comeHome();
      done = true;
    }
  }

  // ---- the connection's calls

  @Override
  public void onOpen(Connection connection) {
    opened = connection;
    chunkBytes = Chunks.sizeBytes(connection, Host.OUTPUT_BYTES);
    Thread started = LoopScheduler.newThread(this, this);
    thread = started;
    beginRun();
    started.start();
    endRun();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // this very buffer
  public void onReceive(Connection connection, ByteBuffer data) {
    if (waits != INPUT) {
      keepPending(data);
      return;
    }
    offered = data;
    beginRun();
    wake();
    runDue();
    if (taken == data) {
      taken = null;
      conversation.saveUnread(data);
    } else if (offered != null) {
      // Interrupted before it took them.
      keepPending(data);
    }
    offered = null;
    finishRun();
  }

  private void keepPending(ByteBuffer data) {
    if (done || !data.hasRemaining()) {
      return;
    }
    ByteBuffer before = pending;
    pending = before == null ? Buffers.copy(data) : Buffers.append(before, data);
    if (!paused && pending.remaining() >= PAUSE_BYTES) {
      paused = true;
      connection().pauseReading();
    }
  }

  @Override
  public void onEnd(Connection connection) {
    ended = true;
    beginRun();
    wakeIf(INPUT);
    endRun();
  }

  @Override
  public void onWritable(Connection connection) {
    full = false;
    beginRun();
    wakeIf(ROOM);
    endRun();
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) {
    closed = reason;
    beginRun();
    if (waits != NOTHING) {
      wake();
    } else if (!done) {
      // It waits for something else, which no longer matters.
      cancel();
    }
    runDue();
    taken = null;
    host = null;
    // No turn will come any more: what becomes due from now on runs elsewhere.
    gone = true;
    postWhatIsLeft();
    if (homeward || posted != null) {
      Rescue.runElsewhere(this::runGone);
    }
    tellDone();
  }

  @SuppressWarnings("ReferenceEquality") // a virtual thread's work is one object for all its life
  private boolean isOwn(Runnable task) {
    return task == own;
  }

  private void postWhatIsLeft() {
    Runnable first = due;
    if (first != null) {
      due = null;
      post(new Due(this, first));
    }
    for (Due each = dueLater; each != null; ) {
      Due next = each.next;
      post(each);
      each = next;
    }
    dueLater = null;
  }

  // ---- running the thread, in a turn

  private void beginRun() {
    host = Host.current();
  }

  private void wakeIf(byte what) {
    if (waits == what) {
      wake();
    }
  }

  /** Its work becomes due, here and now. */
  private void wake() {
    waits = NOTHING;
    LockSupport.unpark(thread);
  }

  private void endRun() {
    runDue();
    finishRun();
  }

  private void finishRun() {
    host = null;
    tellDone();
  }

  /** Asked for by another thread. */
  private void runPosted() {
    beginRun();
    endRun();
  }

  private void runDue() {
    if (homeward) {
      homeward = false;
      away = false;
      LockSupport.unpark(thread);
    }
    for (int runs = 0; runs < RUNS_PER_TURN; runs++) {
      Runnable task = takeDue();
      if (task == null) {
        return;
      }
      if (isOwn(task)) {
        away = false;
      }
      task.run();
      afterRun();
    }
    connection().execute(this::runPosted);
  }

  private @Nullable Runnable takeDue() {
    Runnable first = due;
    if (first != null) {
      due = null;
      return first;
    }
    while (true) {
      if (dueLater == null) {
        dueLater = posted == null ? null : takePosted();
      }
      Due next = dueLater;
      if (next == null) {
        return null;
      }
      dueLater = next.next;
      if (next.take()) {
        return next.task;
      }
    }
  }

  /** All that was posted, the oldest first. */
  private @Nullable Due takePosted() {
    Due oldestFirst = null;
    for (Due each = (Due) POSTED.getAndSet(this, null); each != null; ) {
      Due older = each.next;
      each.next = oldestFirst;
      oldestFirst = each;
      each = older;
    }
    return oldestFirst;
  }

  private void post(Due added) {
    do {
      added.next = posted;
    } while (!POSTED.compareAndSet(this, added.next, added));
  }

  /** The thread has left: does for it what it has left to be done. */
  private void afterRun() {
    Host current = host;
    if (current != null && current.hasOutput()) {
      sendOutput(current.output());
    }
    if (region != null) {
      sendRegion(region);
    }
    ByteBuffer lentOut = lent;
    if (lentOut != null) {
      lent = null;
      if (waits != INPUT && current != null) {
        current.giveAway(lentOut);
      }
    }
    if (paused && pending == null && !done) {
      paused = false;
      connection().resumeReading();
    }
    if (endOutput) {
      endOutput = false;
      connection().shutdownOutput();
    }
    if (closeAsked) {
      closeAsked = false;
      connection().close();
    }
    switch (waits) {
      case ROOM -> {
        if (!full) {
          wake();
        }
      }
      case NEXT_TURN -> connection().execute(this::nextTurn);
      default -> {}
    }
    if (waits != NOTHING && awaited != null) {
      armTimer(awaited);
    }
  }

  private void sendOutput(ByteBuffer output) {
    output.flip();
    if (!connection().send(output) && connection().isOpen()) {
      Chunks.refused(connection());
    }
    output.clear();
    full = connection().isOpen() && !connection().isWritable();
  }

  private void sendRegion(FileRegion asked) {
    region = null;
    try {
      if (!connection().send(asked) && connection().isOpen()) {
        Chunks.refused(connection());
      }
    } catch (IOException e) {
      regionFailure = e;
    }
    full = connection().isOpen() && !connection().isWritable();
  }

  private void nextTurn() {
    beginRun();
    wakeIf(NEXT_TURN);
    endRun();
  }

  private void tellDone() {
    if (!done || doneTold) {
      return;
    }
    doneTold = true;
    pending = null;
    Throwable fault = Ending.close(connection(), failure);
    failure = null;
    if (fault != null) {
      if (closed != null) {
        LOG.log(Level.WARNING, "a conversation failed when its connection had closed", fault);
      } else {
        Ending.raise(fault);
      }
    }
  }

  // ---- deadlines

  private void armTimer(Deadline deadline) {
    long nanos = Math.clamp(deadline.remainingNanos(), 0, LONGEST_TIMER_NANOS);
    long atNanos = System.nanoTime() + nanos;
    if (!timerArmed || atNanos - timerAtNanos < 0) {
      timerArmed = true;
      timerAtNanos = atNanos;
      connection().schedule(Duration.ofNanos(nanos), this::checkDeadline);
    }
  }

  /** A timer that is armed stays, whatever becomes of its deadline: so most waits arm none. */
  private void checkDeadline() {
    if (System.nanoTime() - timerAtNanos >= 0) {
      timerArmed = false;
    }
    Deadline deadline = awaited;
    if (deadline == null || waits == NOTHING) {
      return;
    }
    if (deadline.hasPassed()) {
      expired = true;
      beginRun();
      wake();
      endRun();
    } else {
      armTimer(deadline);
    }
  }

  // ---- the scheduler of our thread, and of those it starts

  @Override
  @SuppressWarnings("ReferenceEquality") // a thread is itself and no other
  public void execute(Runnable task) {
    if (own == null) {
      // Thread.start in onOpen.
      own = task;
    }
    Host current = host;
    if (current != null && current.thread == Thread.currentThread() && !gone) {
      if (due == null) {
        due = task;
      } else {
        post(new Due(this, task));
      }
      return;
    }
    Due added = new Due(this, task);
    post(added);
    if (gone) {
      Rescue.runElsewhere(this::runGone);
    } else {
      connection().execute(this::runPosted);
      Rescue.expect(added);
    }
  }

  /** On a thread that is not the connection's, which does not come to it. */
  void runAway(Runnable task) {
    boolean ours = isOwn(task);
    if (ours) {
      away = !gone;
    }
    task.run();
    if (ours && wantsHome) {
      wantsHome = false;
      homeward = true;
      if (gone) {
        Rescue.runElsewhere(this::runGone);
      } else {
        connection().execute(this::runPosted);
      }
    }
  }

  /** The connection has gone, so that no turn is under way and none will come. */
  private void runGone() {
    if (homeward) {
      homeward = false;
      away = false;
      LockSupport.unpark(thread);
    }
    for (Due each = takePosted(); each != null; each = each.next) {
      if (each.take()) {
        runAway(each.task);
      }
    }
    if (done) {
      tellDone();
    }
  }

  // ---- the conversation's thread

  /** Rescued from a loop that does not come round: back to it before its state is touched. */
  private void comeHome() {
    if (!away) {
      return;
    }
    boolean interrupted = false;
    while (away) {
      wantsHome = true;
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("ReferenceEquality") // a thread is itself and no other
  private void enter() {
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException("a conversation is its own thread's; " + this);
    }
    comeHome();
  }

  private void await(byte what, @Nullable Deadline deadline) throws IOException {
    if (deadline != null && deadline.hasPassed()) {
      throw new DeadlineException(deadline);
    }
    awaited = deadline;
    waits = what;
    while (waits != NOTHING) {
      LockSupport.park();
      comeHome();
      if (closed == null && Thread.interrupted()) {
        waits = NOTHING;
        throw new InterruptedIOException("interrupted");
      }
    }
    if (expired) {
      expired = false;
      if (deadline != null) {
        throw new DeadlineException(deadline);
      }
    }
  }

  @Override
  public @Nullable ByteBuffer receive(@Nullable Deadline deadline) throws IOException {
    enter();
    while (true) {
      ByteBuffer next = pending;
      if (next != null) {
        pending = null;
        return next;
      }
      if (ended) {
        return null;
      }
      ensureNotClosed();
      await(INPUT, deadline);
      next = offered;
      if (next != null) {
        offered = null;
        taken = next;
        return next;
      }
    }
  }

  private void ensureNotClosed() throws ConversationClosedException {
    CloseReason reason = closed;
    if (reason != null) {
      throw new ConversationClosedException(reason);
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // this very buffer
  public ByteBuffer keep(ByteBuffer received) {
    Host current = host;
    if (received != taken || current == null) {
      return received;
    }
    ByteBuffer copy = current.lend(received);
    lent = copy;
    return copy;
  }

  @Override
  public boolean hasInput() {
    enter();
    return pending != null || ended;
  }

  @Override
  public void write(ByteBuffer bytes, @Nullable Deadline deadline) throws IOException {
    enter();
    while (bytes.hasRemaining()) {
      ensureOpen();
      Host current = host;
      if (full || current == null) {
        await(ROOM, deadline);
        continue;
      }
      ByteBuffer output = current.output();
      if (output.position() >= chunkBytes) {
        await(ROOM, deadline);
      } else {
        Buffers.move(bytes, output, chunkBytes - output.position());
      }
    }
  }

  @Override
  public void write(FileRegion asked, @Nullable Deadline deadline) throws IOException {
    enter();
    ensureOpen();
    while (full) {
      await(ROOM, deadline);
      ensureOpen();
    }
    // By the turn, when this thread has left it, as all that is asked of the connection.
    region = asked;
    await(NEXT_TURN, deadline);
    IOException failed = regionFailure;
    if (failed != null) {
      regionFailure = null;
      throw failed;
    }
    ensureOpen();
  }

  private void ensureOpen() throws ConversationClosedException {
    ensureNotClosed();
    if (!connection().isOpen()) {
      throw new ConversationClosedException(Chunks.CLOSING);
    }
  }

  @Override
  public void flush(@Nullable Deadline deadline) throws IOException {
    enter();
    ensureOpen();
    Host current = host;
    if (current != null && current.hasOutput()) {
      await(NEXT_TURN, deadline);
      ensureOpen();
    }
  }

  @Override
  public void shutdownOutput() {
    enter();
    endOutput = true;
  }

  @Override
  public void close() {
    enter();
    closeAsked = true;
  }

  @Override
  public Connection connection() {
    Connection known = opened;
    if (known == null) {
      throw new IllegalStateException("not open yet");
    }
    return known;
  }

  @Override
  public void cancel() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public String toString() {
    return "conversation on " + opened;
  }
}
