package fivefold.cli.console;

import java.io.PrintWriter;
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

  private static String place(StackTraceElement[] stack) {
    return stack.length == 0 ? "" : stack[0].getClassName() + "." + stack[0].getMethodName();
  }
}
