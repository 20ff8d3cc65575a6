package fivefold.net.loop;

import fivefold.net.OutboxLimits;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Messages through a connection's outgoing queue, which is used when the kernel takes no more. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutboxBenchmark {
  private static final int BATCH = 16;
  private static final int MESSAGE_BYTES = 64;

  private final Outbox outbox = new Outbox(OutboxLimits.DEFAULT);
  private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
  private final ByteBuffer gather = ByteBuffer.allocateDirect(Scratch.READ_BYTES);

  /** One message in and out again. */
  @Benchmark
  public ByteBuffer oneMessage() {
    outbox.offer(message.clear(), 0);
    return sendAll();
  }

  /** Sixteen that wait and leave together; the time is for one of them. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public ByteBuffer oneOfSixteen() {
    for (int i = 0; i < BATCH; i++) {
      outbox.offer(message.clear(), 0);
    }
    return sendAll();
  }

  private ByteBuffer sendAll() {
    ByteBuffer next = outbox.next(gather);
    if (next == null) {
      throw new AssertionError("nothing waits");
    }
    outbox.sent(next.remaining());
    return next;
  }
}
