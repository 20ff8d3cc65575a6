package fivefold.sys;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What a call from Java into C costs, with nothing behind it, and with the kernel behind it. In
 * this package because the calls themselves are not public.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SystemCallBenchmark {
  /** labs(3) does nothing worth mentioning. */
  private static final SystemCall LABS = SystemCall.of("labs");

  private final ByteBuffer[] buffers = {
    ByteBuffer.allocateDirect(4096), ByteBuffer.allocateDirect(4096).position(64).slice()
  };
  private int next;

  /** Into the C library and back, errno captured. */
  @Benchmark
  public int callOfNothing() {
    return LABS.once(7);
  }

  /** Into the kernel and back: getpid(2), which the C library does not remember. */
  @Benchmark
  public int getpid() {
    return Processes.pid();
  }

  /** What each receive and send asks of its buffer. */
  @Benchmark
  public long addressOfDirectBuffer() {
    next ^= 1;
    return Memory.address(buffers[next]);
  }
}
