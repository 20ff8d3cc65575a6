package fivefold.lab.compare;

import fivefold.sys.Platform;
import fivefold.sys.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server in a process of its own. While it is not its turn it is stopped by SIGSTOP: a model that
 * polls busily would take the others' time.
 */
public final class ServerProcess implements AutoCloseable {
  /** Some write a trace as they end. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private static final Duration PROBE_PAUSE = Duration.ofMillis(20);

  private final Process process;
  private final ServerLog log;
  private final InetSocketAddress address;

  /** What it had started when it was asked to end; after its end they are nobody's descendants. */
  private List<ProcessHandle> children = List.of();

  private boolean asked;

  private ServerProcess(Process process, ServerLog log, int port) {
    this.process = process;
    this.log = log;
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * Starts one and waits until it listens.
   *
   * @throws ServerFailure with the last lines it printed
   */
  public static ServerProcess start(Contender contender, Pinning pinning, Duration patience)
      throws IOException, InterruptedException {
    List<String> command = contender.command();
    int port = contender.port();
    if (port != 0 && PortProbe.isOpen(port)) {
      throw new ServerFailure(
          "port " + port + " is taken: a server listens there already; stop it first");
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = pinning.onServerCores(builder::start);
    try {
      process.getOutputStream().close(); // it has no console
      ServerLog log = new ServerLog(process.getInputStream());
      if (port != 0) {
        awaitOpen(process, log, port, patience);
        return new ServerProcess(process, log, port);
      }
      return new ServerProcess(process, log, awaitPort(process, log, patience));
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw e;
    }
  }

  private static int awaitPort(Process process, ServerLog log, Duration patience)
      throws IOException, InterruptedException {
    try {
      return log.port().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new ServerFailure(
          "did not say within " + patience.toSeconds() + " s where it listens; " + said(log));
    } catch (ExecutionException e) {
      process.waitFor(STOP_PATIENCE);
      throw new ServerFailure("ended before it listened" + exit(process) + "; " + said(log));
    }
  }

  private static void awaitOpen(Process process, ServerLog log, int port, Duration patience)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!PortProbe.isOpen(port)) {
      if (!process.isAlive()) {
        log.awaitEnd();
        throw new ServerFailure(
            "ended before it listened on port "
                + port
                + exit(process)
                + (process.exitValue() == 0 ? " (it must stay in the foreground)" : "")
                + "; "
                + said(log));
      }
      if (System.nanoTime() - end > 0) {
        throw new ServerFailure(
            "did not listen on 127.0.0.1:"
                + port
                + " within "
                + patience.toSeconds()
                + " s; "
                + said(log));
      }
      process.waitFor(PROBE_PAUSE);
    }
  }

  private static String exit(Process process) {
    return process.isAlive() ? "" : " with exit code " + process.exitValue();
  }

  private static String said(ServerLog log) {
    String tail = log.tail();
    return tail.isEmpty() ? "it printed nothing" : "it printed: " + tail;
  }

  public InetSocketAddress address() {
    return address;
  }

  public int pid() {
    return (int) process.pid();
  }

  /**
   * Fails when it is no longer there.
   *
   * @throws ServerFailure with the last lines it printed
   */
  public void requireAlive() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      log.awaitEnd();
      throw new ServerFailure("ended" + exit(process) + "; " + said(log));
    }
  }

  void pause() throws IOException, InterruptedException {
    signal(Processes.SIGSTOP, "STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal(Processes.SIGCONT, "CONT");
  }

  /** To those it has started, too: somebody else's may do its work in them. */
  private void signal(int number, String name) throws IOException, InterruptedException {
    signal(pid(), number, name);
    for (ProcessHandle child : process.descendants().toList()) {
      signal((int) child.pid(), number, name);
    }
  }

  private static void signal(int pid, int number, String name)
      throws IOException, InterruptedException {
    if (Platform.unavailable().isEmpty()) {
      Processes.kill(pid, number);
    } else if (!System.getProperty("os.name", "").startsWith("Windows")) {
      new ProcessBuilder("kill", "-" + name, Integer.toString(pid)).start().waitFor();
    }
    // On Windows all run on: a model that polls busily then disturbs the others.
  }

  /** Asks it to end, once: a second SIGTERM would cut it short. {@link #close} then waits. */
  void terminate() {
    if (asked) {
      return;
    }
    asked = true;
    children = process.descendants().toList();
    try {
      resume(); // a stopped process does not see SIGTERM
      process.destroy();
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it: gently, then by force. */
  @Override
  public void close() {
    terminate();
    try {
      if (!process.waitFor(STOP_PATIENCE)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
