package fivefold.net.blocking.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells its server: one line on a pipe that all workers share. A line of at most
 * PIPE_BUF bytes, 4096 on Linux, is written whole or not at all (pipe(7)).
 *
 * @param worker who tells
 * @param fields what the kind needs
 */
record Report(long worker, Kind kind, List<String> fields) {
  private static final int LINE_LIMIT_BYTES = 4096;

  /** Fields are text, and few of them long: cut to this they fit, each character in 3 bytes. */
  private static final int FIELD_LIMIT_CHARS = 400;

  enum Kind {
    /** A worker that was started ahead is about to accept, or to receive. */
    READY,
    /** A connection: id, peer's address and port, own address and port. */
    OPENED,
    /** A {@link Tally}: what the worker has counted so far. */
    COUNTS,
    /** A handler threw: what. */
    FAILED,
    /** A connection's end: its {@code CloseReason.Kind} and the detail. */
    CLOSED,
    /** For the operator: a text. */
    WARNED
  }

  static byte[] line(long worker, Kind kind, Object... fields) {
    StringBuilder line = new StringBuilder().append(worker).append('\t').append(kind);
    for (Object field : fields) {
      String text = field.toString();
      line.append('\t')
          .append(oneLine(text.substring(0, Math.min(text.length(), FIELD_LIMIT_CHARS))));
    }
    byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LINE_LIMIT_BYTES) {
      throw new IllegalArgumentException("a report of " + bytes.length + " bytes");
    }
    return bytes;
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\t\\r\\n]+\\s*", " ");
  }

  /** Null for a line that is none, such as what a library prints where it should not. */
  static @Nullable Report parse(String line) {
    List<String> words = List.of(line.split("\t", -1));
    try {
      return words.size() < 2
          ? null
          : new Report(
              Long.parseLong(words.get(0)),
              Kind.valueOf(words.get(1)),
              words.subList(2, words.size()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  String text(int index) {
    return index < fields.size() ? fields.get(index) : "";
  }

  long number(int index) {
    try {
      return Long.parseLong(text(index));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
