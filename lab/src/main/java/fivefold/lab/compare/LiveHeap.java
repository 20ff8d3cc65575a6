package fivefold.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The heap of another JVM that is in use after a collection, which jcmd(1) asks for. A process that
 * is no JVM is not asked: to some the question, a SIGQUIT, would be the end.
 */
final class LiveHeap {
  private static final long PATIENCE_SECONDS = 20;

  /** A line of {@code GC.heap_info} for each part of the heap; Metaspace and classes are none. */
  private static final Pattern USED =
      Pattern.compile("(?m)^(?!\\s*(?:Metaspace|class space)).*\\bused (\\d+)([KMG])");

  private LiveHeap() {}

  /** Collects, and asks. Empty when the process is no JVM of this user, or there is no jcmd. */
  static OptionalLong bytes(int pid) throws InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd) || JvmCounters.read(pid) == null) {
      return OptionalLong.empty();
    }
    try {
      run(jcmd, pid, "GC.run");
      return parse(run(jcmd, pid, "GC.heap_info"));
    } catch (IOException notAnswered) {
      return OptionalLong.empty();
    }
  }

  private static String run(Path jcmd, int pid, String command)
      throws IOException, InterruptedException {
    Path answer = Files.createTempFile("fivefold-heap", ".txt");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), "-J-XX:TieredStopAtLevel=1", "" + pid, command)
              .redirectErrorStream(true)
              .redirectOutput(answer.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("jcmd did not end");
      }
      return Files.readString(answer);
    } finally {
      Files.deleteIfExists(answer);
    }
  }

  static OptionalLong parse(String heapInfo) {
    Matcher parts = USED.matcher(heapInfo);
    long bytes = 0;
    boolean found = false;
    while (parts.find()) {
      found = true;
      bytes +=
          Long.parseLong(parts.group(1))
              << switch (parts.group(2).charAt(0)) {
                case 'K' -> 10;
                case 'M' -> 20;
                default -> 30;
              };
    }
    return found ? OptionalLong.of(bytes) : OptionalLong.empty();
  }
}
