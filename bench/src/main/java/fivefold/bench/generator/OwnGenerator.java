package fivefold.bench.generator;

import com.sun.management.OperatingSystemMXBean;
import fivefold.lab.load.LoadGenerator;
import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.LoadResult;
import fivefold.lab.load.Protocol;
import fivefold.lab.load.WindowObserver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Fivefold's, in this process: as {@code compare} runs it. */
final class OwnGenerator implements Generator {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final LoadGenerator generator;

  OwnGenerator(LoadGenerator generator) {
    this.generator = generator;
  }

  /** Reads the clocks; what the JIT and the collector take is counted, too. */
  private static final class Clocks implements WindowObserver {
    private long cpuNanos;
    private CoreTimes cores = CoreTimes.read();
    private double serverCore;
    private double loadCore;

    @Override
    public void opened() {
      cores = CoreTimes.read();
      cpuNanos = PROCESS.getProcessCpuTime();
    }

    @Override
    public void closed() {
      cpuNanos = PROCESS.getProcessCpuTime() - cpuNanos;
      CoreTimes after = CoreTimes.read();
      serverCore = after.serverShareSince(cores);
      loadCore = after.loadShareSince(cores);
    }
  }

  @Override
  public Window run(int port, Load load) throws IOException {
    LoadPlan plan =
        new LoadPlan(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            new Protocol.UpperCase(load.bytes()),
            load.connections(),
            1,
            0,
            load.warmup(),
            load.duration(),
            LoadPlan.DEFAULT_PATIENCE);
    Clocks clocks = new Clocks();
    LoadResult result = generator.run(plan, clocks);
    return new Window(
        result.requestsPerSecond(),
        clocks.cpuNanos / 1e3 / result.requests(),
        clocks.serverCore,
        clocks.loadCore,
        result.errors());
  }
}
