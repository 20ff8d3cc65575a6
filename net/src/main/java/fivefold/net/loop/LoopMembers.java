package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.LoopStats;
import fivefold.net.ServerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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

  /**
   * A loop with its connections, which only its own thread touches.
   *
   * @param <L> the kind of loop
   * @param <C> the kind of connection
   */
  public static final class Member<L extends Loop, C extends StreamConnection> {
    private final LoopThread<L> thread;
    private final Set<C> connections = new HashSet<>();

    private Member(LoopThread<L> thread) {
      this.thread = thread;
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
    }

    /** On the loop; how many there were. */
    int abortAll(CloseReason reason) {
      List<C> all = List.copyOf(connections);
      all.forEach(connection -> connection.abort(reason));
      return all.size();
    }

    /** On the loop. */
    public void remove(C connection) {
      connections.remove(connection);
    }
  }

  public void add(String threadName, L loop) {
    members.add(new Member<>(new LoopThread<>(threadName, loop)));
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
      member.loop().execute(() -> List.copyOf(member.connections).forEach(action));
    }
  }

  /** The connections of this moment. */
  public List<Connection> connections() {
    List<Connection> all = new ArrayList<>();
    for (Member<L, C> member : members) {
      all.addAll(member.thread.ask(() -> List.copyOf(member.connections), List.of()));
    }
    return all;
  }

  /**
   * Cuts every connection off and waits until none is left, or a handler keeps one for too long.
   *
   * @return bytes that still waited to be sent
   */
  public long abort(BooleanSupplier noneLeft) {
    LongAdder lostBytes = new LongAdder();
    forEachConnection(connection -> {
      lostBytes.add(connection.outboxBytes());
      connection.cutOff();
    });
    if (!await(noneLeft)) {
      members.forEach(member -> member.thread.interrupt());
      await(noneLeft);
    }
    return lostBytes.sum();
  }

  private static boolean await(BooleanSupplier noneLeft) {
    long deadlineNanos = System.nanoTime() + ABORT_WAIT_NANOS;
    while (!noneLeft.getAsBoolean() && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    return noneLeft.getAsBoolean();
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
