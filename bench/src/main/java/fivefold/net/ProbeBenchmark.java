package fivefold.net;

import fivefold.bench.NoConnection;
import fivefold.metrics.ServerMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a call of a handler costs that nobody measures, and what it costs to measure it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProbeBenchmark {

  /** bare: without this library; off: as servers do it by default. */
  @Param({"bare", "off", "jfr", "micrometer"})
  String probed;

  private final ByteBuffer data = ByteBuffer.allocateDirect(64);
  private final Connection connection = NoConnection.make();
  private StreamHandler handler = (peer, bytes) -> {};
  private long sum;
  private Recording recording = new Recording();

  @Setup
  public void open() {
    Supplier<StreamHandler> handlers = () -> (peer, bytes) -> sum += bytes.get(0);
    if (probed.equals("jfr")) {
      recording.start();
    }
    MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    List<Probe> given =
        probed.equals("micrometer") ? List.of(new ServerMeters(registry)) : List.of();
    handler = probed.equals("bare") ? handlers.get() : Probes.with(given).around(handlers).get();
  }

  @TearDown
  public void close() {
    recording.close();
  }

  @Benchmark
  public long receive() throws Exception {
    handler.onReceive(connection, data);
    return sum;
  }
}
