package fivefold.lab.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server prints: the line that says where it listens, and the last lines, for when it fails.
 * A thread of its own reads, so that a server that prints much never waits.
 */
final class ServerLog {
  private static final Pattern LISTENS = Pattern.compile("127\\.0\\.0\\.1:(\\d{1,5})");
  private static final int KEPT_LINES = 8;

  private final Deque<String> tail = new ArrayDeque<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final Thread reader;

  ServerLog(InputStream output) {
    reader = Thread.ofVirtual().name("server log").start(() -> read(output));
  }

  /** The port, once it has been printed; fails when the output ends without. */
  CompletableFuture<Integer> port() {
    return port;
  }

  private void read(InputStream output) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        keep(line);
        Matcher listens = LISTENS.matcher(line);
        if (!port.isDone() && listens.find()) {
          port.complete(Integer.valueOf(listens.group(1)));
        }
      }
    } catch (IOException ended) {
      // as the end of the output is
    }
    port.completeExceptionally(new IOException("its output ended"));
  }

  private void keep(String line) {
    synchronized (tail) {
      if (tail.size() == KEPT_LINES) {
        tail.removeFirst();
      }
      tail.addLast(line);
    }
  }

  /** The last lines, in one, after the output of a process that has ended was read to its end. */
  String tail() {
    synchronized (tail) {
      return String.join(" | ", tail);
    }
  }

  /** Waits a moment for what the process printed last. */
  void awaitEnd() throws InterruptedException {
    reader.join(java.time.Duration.ofMillis(500));
  }
}
