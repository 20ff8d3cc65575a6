package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.LoopStats;
import fivefold.net.ServerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The loops of one server, each with the connections that live on it.
 *
 * @param <L> the kind of loop
 * @param <C> the kind of connection
 */
public final class LoopMembers<L extends Loop, C extends StreamConnection> {
  private static final long ABORT_WAIT_NANOS = 1_000_000_000L;
  private static final long LOOK_EVERY_NANOS = 200_000;

  private final List<Member<L, C>> members = new ArrayList<>();
  private final Duration idleTimeout;
  private final Runnable oneHasGone;

  /**
   * A loop with its connections, which only its own thread touches.
   *
   * @param <L> the kind of loop
   * @param <C> the kind of connection
   */
  public static final class Member<L extends Loop, C extends StreamConnection>
      implements Consumer<C> {
    private final LoopThread<L> thread;
    private final OpenConnections<C> connections = new OpenConnections<>();
    private final IdleSweep idleSweep;

    private final Runnable oneHasGone;

    private Member(LoopThread<L> thread, Duration idleTimeout, Runnable oneHasGone) {
      this.thread = thread;
      this.oneHasGone = oneHasGone;
      this.idleSweep = new IdleSweep(thread.loop(), connections, idleTimeout.toNanos());
    }

    public LoopThread<L> thread() {
      return thread;
    }

    public L loop() {
      return thread.loop();
    }

    /** On the loop. */
    public void add(C connection) {
      connections.add(connection);
      idleSweep.start();
    }

    /** On the loop; how many there were. */
    int abortAll(CloseReason reason) {
      List<C> all = connections.copy();
      all.forEach(connection -> connection.abort(reason));
      return all.size();
    }

    /** The connection has gone. On the loop. */
    @Override
    public void accept(C connection) {
      connections.remove(connection);
      oneHasGone.run();
    }
  }

  /**
   * No loops yet.
   *
   * @param idleTimeout after which a connection is closed, zero for never
   * @param oneHasGone run on a loop when one of its connections has gone
   */
  public LoopMembers(Duration idleTimeout, Runnable oneHasGone) {
    this.idleTimeout = idleTimeout;
    this.oneHasGone = oneHasGone;
  }

  public void add(String threadName, L loop) {
    members.add(new Member<>(new LoopThread<>(threadName, loop), idleTimeout, oneHasGone));
  }

  public int size() {
    return members.size();
  }

  public Member<L, C> get(int index) {
    return members.get(index);
  }

  public List<Member<L, C>> all() {
    return List.copyOf(members);
  }

  public void start() {
    members.forEach(member -> member.thread.start());
  }

  /** Runs the action for each connection, on its loop; returns at once. */
  public void forEachConnection(Consumer<? super C> action) {
    for (Member<L, C> member : members) {
      member.loop().execute(() -> member.connections.copy().forEach(action));
    }
  }

  /** The connections of this moment. */
  public List<Connection> connections() {
    List<Connection> all = new ArrayList<>();
    for (Member<L, C> member : members) {
      all.addAll(member.thread.ask(() -> member.connections.copy(), List.of()));
    }
    return all;
  }

  /**
   * Cuts every connection off and waits until none is left, or a handler keeps one for too long:
   * many take their time, but ever fewer are left.
   *
   * @return bytes that still waited to be sent
   */
  public long abort(IntSupplier left) {
    LongAdder lostBytes = new LongAdder();
    forEachConnection(connection -> {
      lostBytes.add(connection.outboxBytes());
      connection.cutOff();
    });
    if (!await(left)) {
      members.forEach(member -> member.thread.interrupt());
      await(left);
    }
    return lostBytes.sum();
  }

  private static boolean await(IntSupplier left) {
    int fewest = left.getAsInt();
    long deadlineNanos = System.nanoTime() + ABORT_WAIT_NANOS;
    while (fewest > 0 && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      int now = left.getAsInt();
      if (now < fewest) {
        fewest = now;
        deadlineNanos = System.nanoTime() + ABORT_WAIT_NANOS;
      }
    }
    return fewest <= 0;
  }

  public void terminate() {
    members.forEach(member -> member.thread.terminate());
  }

  public boolean isOnOwnThread() {
    return members.stream().anyMatch(member -> member.loop().isCurrent());
  }

  /** Reports to the listener each loop that does not come round in time. */
  public void watch(Duration limit, ServerListener listener) {
    members.forEach(member -> member.thread.watch(limit, listener));
  }

  /** Where the time of each went. */
  public List<LoopStats> stats() {
    return members.stream().map(member -> member.thread.stats()).toList();
  }

  /** The counts of the loops. */
  public List<Counters> counters() {
    return members.stream().map(member -> member.loop().scratch().counters()).toList();
  }
}
