package fivefold.net.timeline;

import fivefold.net.CallObserver;
import fivefold.net.Connection;
import fivefold.net.DatagramHandler;
import fivefold.net.HandlerCall;
import fivefold.net.Probe;
import fivefold.net.Stage;
import fivefold.net.StageRecorder;
import fivefold.net.StageSpan;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last stages of a server's threads in memory that is taken once, so that a server can be
 * watched for as long as it likes.
 *
 * <pre>{@code
 * Timeline timeline = new Timeline(100_000);
 * Server server = Server.tcp(7000, Echo::new).probe(timeline).start();
 * ...
 * timeline.times().forEach(System.out::println);
 * }</pre>
 *
 * <p>Thread-safe. A thread that has ended stays in memory as long as a stage of it is kept.
 */
public final class Timeline implements Probe, StageRecorder {
  /** The largest: some 50 bytes each. */
  public static final int MOST_STAGES = 1 << 24;

  private static final VarHandle NUMBERS = MethodHandles.arrayElementVarHandle(long[].class);

  private final int capacity;
  private final AtomicLong next = new AtomicLong();
  // For each place: which stage it holds, counted from 1, written last.
  private final long[] numbers;
  private final @Nullable Stage[] stages;
  private final @Nullable Thread[] threads;
  private final long[] from;
  private final long[] to;
  private final long[] amounts;

  /**
   * An empty timeline.
   *
   * @param capacity how many stages it keeps
   */
  public Timeline(int capacity) {
    if (capacity < 1 || capacity > MOST_STAGES) {
      throw new IllegalArgumentException(
          "capacity is " + capacity + "; expected 1 to " + MOST_STAGES + " stages");
    }
    this.capacity = capacity;
    numbers = new long[capacity];
    stages = new Stage[capacity];
    threads = new Thread[capacity];
    from = new long[capacity];
    to = new long[capacity];
    amounts = new long[capacity];
  }

  @Override
  public StageRecorder stages() {
    return this;
  }

  @Override
  public StageSpan begin(Stage stage) {
    long fromNanos = System.nanoTime();
    return amount -> add(stage, fromNanos, System.nanoTime(), amount);
  }

  @Override
  public CallObserver observe() {
    return new Calls();
  }

  @Override
  public DatagramHandler around(DatagramHandler handler) {
    return (peer, datagram) -> {
      StageSpan span = begin(Stage.HANDLE);
      try {
        handler.onDatagram(peer, datagram);
      } finally {
        span.end(0);
      }
    };
  }

  void add(Stage stage, long fromNanos, long toNanos, long amount) {
    long number = next.getAndIncrement();
    int place = (int) (number % capacity);
    stages[place] = stage;
    threads[place] = Thread.currentThread();
    from[place] = fromNanos;
    to[place] = toNanos;
    amounts[place] = amount;
    NUMBERS.setRelease(numbers, place, number + 1);
  }

  /**
   * What is kept, in the order in which the stages ended. While the server runs the oldest may be
   * missing: they are being written over.
   */
  public List<StageTime> times() {
    long end = next.get();
    List<StageTime> times = new ArrayList<>();
    for (long number = Math.max(0, end - capacity); number < end; number++) {
      int place = (int) (number % capacity);
      long before = (long) NUMBERS.getAcquire(numbers, place);
      Stage stage = stages[place];
      Thread thread = threads[place];
      if (before != number + 1 || stage == null || thread == null) {
        continue;
      }
      StageTime time = new StageTime(stage, thread, from[place], to[place], amounts[place]);
      VarHandle.acquireFence();
      if (numbers[place] == before) {
        times.add(time);
      }
    }
    return times;
  }

  /** How many stages there were more than are kept. */
  public long forgotten() {
    return Math.max(0, next.get() - capacity);
  }

  /** Calls of one connection's handler never overlap. */
  private final class Calls implements CallObserver {
    private long fromNanos;

    @Override
    public void begins(HandlerCall call) {
      fromNanos = System.nanoTime();
    }

    @Override
    public void ended(HandlerCall call, Connection connection) {
      add(Stage.HANDLE, fromNanos, System.nanoTime(), connection.id());
    }
  }
}
