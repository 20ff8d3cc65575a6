package fivefold.cli.console;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/** The platform threads of this process; virtual threads are not listed by the JVM. */
final class ThreadsView {
  private static final int LIMIT_LINES = 100;

  private ThreadsView() {}

  static void print(PrintWriter out) {
    Map<Thread, StackTraceElement[]> threads = Thread.getAllStackTraces();
    threads.entrySet().stream()
        .sorted(Comparator.comparingLong(entry -> entry.getKey().threadId()))
        .limit(LIMIT_LINES)
        .forEach(entry ->
            out.printf(
                "%4d %-28s %-13s %s%n",
                entry.getKey().threadId(),
                entry.getKey().getName(),
                entry.getKey().getState(),
                place(entry.getValue())));
    if (threads.size() > LIMIT_LINES) {
      out.println("... and " + (threads.size() - LIMIT_LINES) + " more");
    }
    out.println("threads: " + threads.size() + " (virtual threads not counted)");
  }

  /** The innermost call of ours: below it are method handles, or the JDK's own waiting. */
  private static String place(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> frame.getClassName().startsWith("fivefold."))
        .findFirst()
        .or(() -> Arrays.stream(stack).findFirst())
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .orElse("");
  }
}
