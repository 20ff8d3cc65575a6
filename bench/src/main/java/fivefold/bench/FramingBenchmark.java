package fivefold.bench;

import fivefold.net.StreamHandler;
import fivefold.net.framing.Framing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Cutting what one read delivered into messages of 64 bytes; the time is for one message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FramingBenchmark {
  private static final int FRAMES = 256;
  private static final int FRAME_BYTES = 64;
  private static final int LIMIT_BYTES = 4096;

  private final IdleConnection connection = new IdleConnection();
  private final ByteBuffer lines = ByteBuffer.allocateDirect(FRAMES * FRAME_BYTES);
  private final ByteBuffer prefixed = ByteBuffer.allocateDirect(FRAMES * FRAME_BYTES);
  private long received;

  private final StreamHandler text =
      Framing.lines(LIMIT_BYTES, (peer, line) -> received += line.length());
  private final StreamHandler delimited =
      Framing.delimiter(
          new byte[] {'\n'}, LIMIT_BYTES, (peer, frame) -> received += frame.remaining());
  private final StreamHandler measured =
      Framing.lengthPrefix(2, LIMIT_BYTES, (peer, frame) -> received += frame.remaining());

  @Setup
  public void fill() throws Exception {
    byte[] line = ("x".repeat(FRAME_BYTES - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
    while (lines.hasRemaining()) {
      lines.put(line);
    }
    while (prefixed.hasRemaining()) {
      prefixed.putShort((short) (FRAME_BYTES - 2)).put(line, 0, FRAME_BYTES - 2);
    }
    text.onOpen(connection);
    delimited.onOpen(connection);
    measured.onOpen(connection);
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long linesAsText() throws Exception {
    text.onReceive(connection, lines.clear());
    return received;
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long delimitedBytes() throws Exception {
    delimited.onReceive(connection, lines.clear());
    return received;
  }

  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public long lengthPrefixedBytes() throws Exception {
    measured.onReceive(connection, prefixed.clear());
    return received;
  }
}
