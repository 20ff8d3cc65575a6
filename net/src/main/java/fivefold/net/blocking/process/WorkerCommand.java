package fivefold.net.blocking.process;

import fivefold.net.OutboxLimits;
import java.io.File;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a worker: the JVM of this process, small, on the same module path or class
 * path.
 *
 * <p>The system property {@value #AOT_CACHE} names an AOT cache for workers; without one, or with
 * one of another build, they start slower. {@value #AOT_CACHE_OUTPUT} makes a cache in that file:
 * the worker that then serves is the training run. Neither flags nor paths may differ between the
 * two, so both come from here.
 */
final class WorkerCommand {
  static final String AOT_CACHE = "fivefold.worker.aotCache";
  static final String AOT_CACHE_OUTPUT = "fivefold.worker.aotCacheOutput";

  private static final String MAIN = WorkerMain.class.getName();

  /** What a handler may use for itself. */
  private static final int HEAP_BYTES = 24 << 20;

  private WorkerCommand() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  static List<String> words(WorkerOrder order, SocketAddress address) {
    List<String> words = new ArrayList<>();
    words.add(java());
    words.addAll(flags(order.outbox()));
    if (order.datagramLimitBytes() > 0
        && address instanceof InetSocketAddress inet
        && inet.getAddress() instanceof Inet4Address) {
      // Otherwise the JDK takes an inherited datagram socket for one of IPv6, where there is IPv6,
      // and gives sendto(2) addresses which one of IPv4 does not know.
      words.add("-Djava.net.preferIPv4Stack=true");
    }
    words.addAll(program(order.handlers().factory()));
    words.addAll(order.words());
    return words;
  }

  /** One connection needs little, and is over before the second compiler would pay. */
  private static List<String> flags(OutboxLimits outbox) {
    List<String> flags = new ArrayList<>();
    // What waits may be copied once on its way out.
    flags.add("-Xmx" + (HEAP_BYTES + 2L * outbox.limitBytes()));
    flags.add("-Xms8m");
    flags.add("-XX:+UseSerialGC");
    flags.add("-XX:TieredStopAtLevel=1");
    flags.add("-XX:+UseCompactObjectHeaders");
    // A cache that is mapped where it was made for is one copy for all workers, but for what they
    // write to; elsewhere each has a copy of its own with other addresses. A diagnostic flag.
    flags.add("-XX:+IgnoreUnrecognizedVMOptions");
    flags.add("-XX:+UnlockDiagnosticVMOptions");
    flags.add("-XX:ArchiveRelocationMode=0");
    // A conversation alone in its process has no loop to run on.
    flags.add("-Dfivefold.style.jdkScheduler=true");
    // The file that jps and jstat read costs a start more than it tells of so short a life.
    flags.add("-XX:-UsePerfData");
    flags.add("-Xlog:disable");
    flags.add("-Xlog:all=error,aot*=off,cds*=off:stderr");
    String output = System.getProperty(AOT_CACHE_OUTPUT);
    String cache = System.getProperty(AOT_CACHE);
    if (output != null) {
      flags.add("-XX:AOTCacheOutput=" + output);
    } else if (cache != null && Files.isReadable(Path.of(cache))) {
      flags.add("-XX:AOTCache=" + cache);
    }
    return flags;
  }

  private static List<String> program(Class<?> factory) {
    List<String> words = new ArrayList<>();
    String classPath = System.getProperty("java.class.path", "");
    if (!classPath.isEmpty()) {
      words.add("-cp");
      words.add(absolute(classPath));
    }
    Module own = WorkerMain.class.getModule();
    if (!own.isNamed()) {
      words.add(MAIN);
      return words;
    }
    words.add("-p");
    words.add(absolute(System.getProperty("jdk.module.path", "")));
    Module others = factory.getModule();
    if (others.isNamed() && !others.equals(own)) {
      words.add("--add-modules");
      words.add(others.getName());
    }
    words.add("-m");
    words.add(own.getName() + "/" + MAIN);
    return words;
  }

  /** As seen from here: an AOT cache knows a path by its letters. */
  private static String absolute(String path) {
    List<String> entries = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator, -1)) {
      entries.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, entries);
  }
}
