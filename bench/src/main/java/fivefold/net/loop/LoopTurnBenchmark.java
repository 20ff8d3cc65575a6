package fivefold.net.loop;

import fivefold.net.timeline.Timeline;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A turn of a loop with one event and one task, without a system call: what is left is the loop's
 * own work, and what recording its stages adds to it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoopTurnBenchmark {

  /** off: as servers run by default. */
  @Param({"off", "timeline"})
  String stages;

  private final Counting handler = new Counting();
  private final EventLoop loop = EventLoop.over(new AlwaysReady(handler));

  @Setup
  public void record() {
    loop.tasks().record(stages.equals("off") ? null : new Timeline(1 << 16));
  }

  @Benchmark
  public long turn() {
    loop.execute(handler);
    loop.turn(0);
    return handler.count;
  }

  private static final class Counting implements EventHandler, Runnable {
    private long count;

    @Override
    public int descriptor() {
      return 0;
    }

    @Override
    public boolean wantsRead() {
      return true;
    }

    @Override
    public boolean wantsWrite() {
      return false;
    }

    @Override
    public void read() {
      count++;
    }

    @Override
    public void write() {}

    @Override
    public void run() {
      count++;
    }
  }

  /** Finds its one descriptor ready at each look. */
  private static final class AlwaysReady implements Poller {
    private final Registration registration;

    AlwaysReady(EventHandler handler) {
      registration = new Registrations().add(0, Interest.READ, handler);
    }

    @Override
    public Registration register(int descriptor, int interest, Object attachment) {
      return registration;
    }

    @Override
    public void modify(Registration changed, int interest) {}

    @Override
    public void unregister(Registration gone) {}

    @Override
    public int poll(long timeoutNanos, ReadyList ready) {
      ready.clear();
      ready.add(registration, Interest.READ);
      return 1;
    }

    @Override
    public void wakeup() {}

    @Override
    public @Nullable Registration find(int descriptor) {
      return registration;
    }

    @Override
    public Map<Integer, Registration> registered() {
      return Map.of(0, registration);
    }

    @Override
    public void close() {}
  }
}
