package fivefold.lab.crowd;

import fivefold.lab.compare.Contender;
import fivefold.lab.compare.LinuxProcess;
import fivefold.lab.compare.Pinning;
import fivefold.lab.compare.ServerProcess;
import fivefold.lab.compare.ThisProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The server of a crowd, in a process of its own. */
final class CrowdServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A tick of /proc, 100 a second. */
  private static final long TICK_NANOS = 10_000_000;

  /**
   * All that is new in a crowd is there to stay, so a young collection copies the whole young
   * generation. With 32 MB of it that takes some 100 ms; meanwhile more come than the backlog takes
   * (4,096, net.core.somaxconn), and those who are turned away try again after a second. And were
   * it not fixed, it would grow with the old one.
   */
  private static final List<String> HEAP = List.of("-Xms24m", "-Xmn8m");

  private final ServerProcess process;
  private final LinuxProcess figures;

  CrowdServer(CrowdPlan plan, Pinning pinning) throws IOException, InterruptedException {
    List<String> program = ThisProgram.command();
    List<String> command = new ArrayList<>();
    command.add(program.getFirst());
    command.addAll(HEAP);
    command.addAll(program.subList(1, program.size()));
    command.addAll(plan.serve());
    Contender contender = new Contender("crowd", "io_uring", "asynchronous", command, 0, List.of());
    process = ServerProcess.start(contender, pinning, PATIENCE);
    figures = new LinuxProcess(process.pid());
  }

  InetSocketAddress address() {
    return process.address();
  }

  void requireAlive() throws IOException, InterruptedException {
    process.requireAlive();
  }

  long residentBytes() {
    LinuxProcess.Size size = figures.size();
    return size == null ? 0 : (long) size.rssBytes();
  }

  int descriptors() {
    return figures.openDescriptors();
  }

  long cpuNanos() {
    LinuxProcess.Ticks ticks = figures.ticks();
    return ticks == null ? 0 : (ticks.user() + ticks.system()) * TICK_NANOS;
  }

  @Override
  public void close() {
    process.close();
  }
}
