package fivefold.net.blocking.process;

import fivefold.sys.Descriptors;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The server's two pipes, shared by all its workers: the reports they write, and the lifeline, of
 * which they see nothing but the end ({@link Lifeline}). One thread reads.
 */
final class Pipes implements AutoCloseable {
  private static final int READ_BYTES = 1 << 16;

  final int reportsRead;
  final int reportsWrite;
  final int lifelineRead;
  final int lifelineWrite;
  private final long memory = Memory.allocate(READ_BYTES);
  private final StringBuilder pending = new StringBuilder();

  Pipes() throws IOException {
    int[] reports = pipe();
    int[] lifeline;
    try {
      lifeline = pipe();
    } catch (IOException e) {
      Descriptors.close(reports[0]);
      Descriptors.close(reports[1]);
      Memory.free(memory);
      throw e;
    }
    reportsRead = reports[0];
    reportsWrite = reports[1];
    lifelineRead = lifeline[0];
    lifelineWrite = lifeline[1];
    // Only this end: a worker that fills the pipe waits.
    Descriptors.setNonBlocking(reportsRead, true);
  }

  /** Close-on-exec, so that a worker gets what {@code Spawn} gives it and nothing else. */
  private static int[] pipe() throws IOException {
    long two = Memory.allocate(2L * Integer.BYTES);
    try {
      int result = Descriptors.pipe(two, Descriptors.O_CLOEXEC);
      if (result < 0) {
        throw NativeException.of("pipe", result);
      }
      return new int[] {Memory.getInt(two), Memory.getInt(two + Integer.BYTES)};
    } finally {
      Memory.free(two);
    }
  }

  /** What has been written since the last call, as whole lines. */
  List<String> newLines() {
    for (long count; (count = Descriptors.read(reportsRead, memory, READ_BYTES)) > 0; ) {
      byte[] bytes = new byte[(int) count];
      Memory.copy(memory, bytes, 0, bytes.length);
      // A character may be cut where the buffer ends; the reports' own text is all that can suffer.
      pending.append(new String(bytes, StandardCharsets.UTF_8));
    }
    int end = pending.lastIndexOf("\n") + 1;
    List<String> lines = pending.substring(0, end).lines().toList();
    pending.delete(0, end);
    return lines;
  }

  @Override
  public void close() {
    for (int fd : new int[] {reportsRead, reportsWrite, lifelineRead, lifelineWrite}) {
      Descriptors.close(fd);
    }
    Memory.free(memory);
  }
}
