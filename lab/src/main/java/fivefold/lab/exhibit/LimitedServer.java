package fivefold.lab.exhibit;

import fivefold.lab.compare.LinuxProcess;
import fivefold.net.IoModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@link HoldingServer} that a shell has started after it had lowered the limits. */
final class LimitedServer implements AutoCloseable {
  /** A small JVM; what it reserves is address space too. */
  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:ReservedCodeCacheSize=32m",
          "-XX:CompressedClassSpaceSize=32m",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders",
          "-XX:-UsePerfData",
          "-XX:ErrorFile=/dev/null",
          "-XX:-CreateCoredumpOnCrash",
          "-Xlog:disable",
          "-Xlog:os+thread=warning:stdout:none");

  private static final Pattern THREAD_ERROR =
      Pattern.compile("(pthread_create failed \\(E[A-Z]+\\))");
  private static final long START_NANOS = 30_000_000_000L;
  private static final int END_SECONDS = 5;

  private final Process process;
  private final LinuxProcess figures;
  private final StringBuilder said = new StringBuilder();
  private int port;
  private @Nullable String limit;
  private String threadError = "";
  private boolean ended;

  /** What the shell sets before it becomes the server. */
  record Limits(int descriptors, long addressKibibytes) {
    /**
     * The C library is held to one arena: each thread would reserve 64 MiB for its own, and it is
     * stacks that are to be counted.
     */
    String shell() {
      return "ulimit -n %d; ulimit -v %d; MALLOC_ARENA_MAX=1; export MALLOC_ARENA_MAX; "
          .formatted(descriptors, addressKibibytes);
    }
  }

  LimitedServer(IoModel model, Limits limits, int connections)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", limits.shell() + "exec \"$@\"", "sh"));
    command.addAll(java());
    command.addAll(List.of(model.word(), Integer.toString(connections)));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    figures = new LinuxProcess((int) process.pid());
    Thread.ofVirtual().name("exhibit-server-output").start(this::read);
    awaitPort();
  }

  private static List<String> java() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(JVM);
    words.add("--enable-native-access=fivefold.sys");
    words.add("-p");
    words.add(System.getProperty("jdk.module.path", ""));
    words.add("-m");
    words.add("fivefold.lab/" + HoldingServer.class.getName());
    return words;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        hear(line);
      }
    } catch (IOException gone) {
      // as the end of the output is
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private synchronized void hear(String line) {
    Matcher error = THREAD_ERROR.matcher(line);
    if (line.startsWith(HoldingServer.PORT)) {
      port = Integer.parseInt(line.substring(HoldingServer.PORT.length()));
    } else if (line.startsWith(HoldingServer.LIMIT) && limit == null) {
      limit = line.substring(HoldingServer.LIMIT.length());
    } else if (error.find()) {
      threadError = error.group(1) + "; ";
    } else if (said.length() < 1000) {
      said.append(line).append(' ');
    }
    notifyAll();
  }

  private synchronized void awaitPort() throws IOException, InterruptedException {
    long end = System.nanoTime() + START_NANOS;
    while (port == 0 && !ended && System.nanoTime() - end < 0) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
    }
    if (port == 0) {
      process.destroyForcibly();
      throw new IOException(
          "a server with lowered limits did not start: " + said.toString().strip());
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Why it could take no more, in the words it used; null as long as it could. */
  synchronized @Nullable String limit() {
    return limit == null ? null : threadError + limit;
  }

  /** Why it took no more, or what it left when it ended; empty when it would have taken more. */
  synchronized String lastWords() {
    String why = limit();
    if (why != null) {
      return why;
    }
    return ended ? threadError + "the process ended: " + said.toString().strip() : "";
  }

  long residentBytes() {
    LinuxProcess.Size size = figures.size();
    return size == null ? 0 : (long) size.rssBytes();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
