package fivefold.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads and descriptors of this process, to compare before and after. */
public final class Leftovers {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final Set<Thread> threads = threads();
  private final long descriptors = descriptors();

  private Leftovers() {}

  /** What there is before the test. */
  public static Leftovers before() {
    return new Leftovers();
  }

  /** Waits until no more is there than before; fails, naming it, when it stays. */
  public void awaitNone() {
    try {
      Await.until("no thread left behind", () -> newThreads().isEmpty());
    } catch (AssertionError e) {
      throw new AssertionError("threads left behind: " + newThreads(), e);
    }
    Await.until(
        "no descriptor left behind, beyond the " + descriptors + " before",
        () -> descriptors() <= descriptors);
  }

  private Set<String> newThreads() {
    return threads().stream()
        .filter(thread -> !threads.contains(thread))
        .map(Thread::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(thread -> !belongsToJdk(thread))
        .collect(Collectors.toSet());
  }

  /** Carriers and pollers of virtual threads, which the JDK starts once and keeps. */
  private static boolean belongsToJdk(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group == null
        || group.getName().equals("CarrierThreads")
        || group.getName().equals("InnocuousThreadGroup")
        || group.getName().equals("system")
        || thread.getName().startsWith("VirtualThread-unparker");
  }

  /** Files of this folder that this process holds open; none where there is no /proc. */
  public static List<Path> openFilesIn(Path folder) {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return List.of();
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      Path real = folder.toRealPath();
      return open.map(Leftovers::target).filter(file -> file.startsWith(real)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException e) {
      return Path.of("closed-meanwhile");
    }
  }

  /** Open descriptors; 0 where there is no /proc. */
  public static long descriptors() {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
