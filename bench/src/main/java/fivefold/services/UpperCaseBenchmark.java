package fivefold.services;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All the work that echo does itself. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UpperCaseBenchmark {
  @Param({"64", "16384"})
  int bytes;

  private ByteBuffer direct = ByteBuffer.allocateDirect(0);

  /** Text with every fourth byte not a letter; the routine does the same work on any bytes. */
  @Setup
  public void fill() {
    direct = ByteBuffer.allocateDirect(bytes);
    for (int i = 0; i < bytes; i++) {
      direct.put(i, (byte) (i % 4 == 3 ? ' ' : 'a' + i % 26));
    }
  }

  @Benchmark
  public ByteBuffer inPlace() {
    UpperCase.inPlace(direct);
    return direct;
  }
}
