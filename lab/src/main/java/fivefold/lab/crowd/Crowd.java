package fivefold.lab.crowd;

import fivefold.lab.compare.Pinning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Raises a crowd on this machine: a server in a process of its own, and here its clients, on rings
 * of direct descriptors as the server's are.
 *
 * <pre>{@code
 * CrowdReport report = Crowd.raise(new CrowdPlan(100_000, "echo", "callback"), observer, () -> false);
 * }</pre>
 */
public final class Crowd {
  private static final byte[] SAID = "hello, all\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WHO = "/who\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEWLINE = {'\n'};
  private static final String LOBBY = "#lobby, ";
  private static final long ENTER_PATIENCE_NANOS = 120_000_000_000L;
  private static final int ENTER_PAUSE_MILLIS = 200;
  private static final long LOOK_EVERY_NANOS = 250_000_000;
  private static final long CLOSE_PATIENCE_NANOS = 120_000_000_000L;
  private static final int CLOSE_PAUSE_MILLIS = 20;

  private final CrowdPlan plan;
  private final CrowdObserver observer;
  private final Stop stop;
  private final CrowdServer server;
  private final CrowdClients clients;
  private final long socketsBefore = MachineMemory.tcpSockets();
  private final CrowdReport.Memory before;
  private final Pace pace = new Pace();

  private String phase = "";
  private long of;
  private long lookedNanos;

  /** Whether to end it early. */
  @FunctionalInterface
  public interface Stop {
    boolean isWanted();
  }

  private Crowd(
      CrowdPlan plan, CrowdObserver observer, Stop stop, CrowdServer server, Pinning pinning) {
    this.plan = plan;
    this.observer = observer;
    this.stop = stop;
    this.server = server;
    this.clients =
        new CrowdClients(server.address(), plan.connections(), pinning, stop, this::look);
    this.before = memory();
  }

  /**
   * Does all of it, on the calling thread, which must be a platform thread.
   *
   * @throws IOException when the server does not start, or ends before its time
   */
  public static CrowdReport raise(CrowdPlan plan, CrowdObserver observer, Stop stop)
      throws IOException, InterruptedException {
    try (Pinning pinning = new Pinning(Pinning.plan(1).orElse(null));
        CrowdServer server = new CrowdServer(plan, pinning)) {
      return new Crowd(plan, observer, stop, server, pinning).run();
    }
  }

  private CrowdReport run() throws IOException, InterruptedException {
    try {
      hold("not begun, holding");
      int rehearsed = plan.isChat() ? 0 : Rehearsal.of(server.address(), plan.connections());
      long startNanos = System.nanoTime();
      String cut = connect();
      long connectNanos = System.nanoTime() - startNanos;
      long lastPerSecond = pace.perSecond();
      int connected = clients.connected();
      server.requireAlive();
      long askNanos = 0;
      long askServerNanos = 0;
      int right = 0;
      int heard = 0;
      long hearNanos = 0;
      long hearServerNanos = 0;
      boolean asks = !plan.isChat();
      startNanos = System.nanoTime();
      if (asks) {
        long cpuNanos = server.cpuNanos();
        begin("asking", connected);
        right = clients.ask();
        askNanos = System.nanoTime() - startNanos;
        askServerNanos = server.cpuNanos() - cpuNanos;
      } else if (connected > 0) {
        awaitAllInTheRoom(connected);
        long cpuNanos = server.cpuNanos();
        startNanos = System.nanoTime();
        begin("hearing", connected);
        heard = clients.hear(SAID);
        hearServerNanos = server.cpuNanos() - cpuNanos;
        hearNanos = System.nanoTime() - startNanos;
      }
      CrowdReport.Memory held = memory();
      int descriptors = server.descriptors();
      hold("holding");
      String failure = clients.failure();
      startNanos = System.nanoTime();
      hangUp(connected);
      long closeNanos = System.nanoTime() - startNanos;
      server.requireAlive();
      CrowdReport.Memory after = memory();
      hold("all closed, holding");
      return new CrowdReport(
          plan,
          rehearsed,
          connected,
          failure,
          cut,
          connectNanos,
          lastPerSecond,
          asks ? connected : 0,
          right,
          askNanos,
          askServerNanos,
          asks ? 0 : connected,
          heard,
          hearNanos,
          hearServerNanos,
          closeNanos,
          before,
          held,
          after,
          descriptors);
    } finally {
      clients.close();
    }
  }

  private @Nullable String connect() throws IOException, InterruptedException {
    begin("connecting", plan.connections());
    String cut = clients.connect();
    look();
    return cut;
  }

  /**
   * Until the chat has them all. Connected is what the kernel has done: that a connection is in the
   * room as well, only the room can tell.
   */
  private void awaitAllInTheRoom(int connected) throws IOException, InterruptedException {
    begin("entering", connected);
    String all = LOBBY + connected + " here";
    long endNanos = System.nanoTime() + ENTER_PATIENCE_NANOS;
    while (System.nanoTime() - endNanos < 0 && !stop.isWanted()) {
      byte[] who = clients.sayAndHear(WHO, NEWLINE);
      if (who == null || new String(who, StandardCharsets.UTF_8).contains(all)) {
        return;
      }
      Thread.sleep(ENTER_PAUSE_MILLIS);
      lookNowAndThen();
    }
  }

  private void hangUp(int connected) throws IOException, InterruptedException {
    begin("closing", connected);
    clients.hangUp();
    long endNanos = System.nanoTime() + CLOSE_PATIENCE_NANOS;
    long least = Math.max(16, connected / 1000);
    while (MachineMemory.tcpSockets() > socketsBefore + least && System.nanoTime() - endNanos < 0) {
      Thread.sleep(CLOSE_PAUSE_MILLIS);
      lookNowAndThen();
    }
  }

  private void hold(String what) throws InterruptedException {
    begin(what, plan.connections());
    long endNanos = System.nanoTime() + plan.hold().toNanos();
    while (System.nanoTime() - endNanos < 0 && !stop.isWanted()) {
      Thread.sleep(CLOSE_PAUSE_MILLIS);
      lookNowAndThen();
    }
  }

  private void begin(String next, int total) {
    phase = next;
    of = total;
    clients.beginPhase();
    lookedNanos = System.nanoTime();
    pace.begin(lookedNanos);
  }

  private void lookNowAndThen() {
    if (System.nanoTime() - lookedNanos >= LOOK_EVERY_NANOS) {
      look();
    }
  }

  private void look() {
    lookedNanos = System.nanoTime();
    pace.at(lookedNanos, clients.done());
    CrowdReport.Memory now = memory();
    observer.at(
        new CrowdObserver.Moment(
            phase,
            clients.done(),
            of,
            pace.perSecond(),
            now.serverBytes(),
            now.kernelBytes() - before.kernelBytes()));
  }

  private CrowdReport.Memory memory() {
    return new CrowdReport.Memory(server.residentBytes(), MachineMemory.kernelBytes());
  }
}
