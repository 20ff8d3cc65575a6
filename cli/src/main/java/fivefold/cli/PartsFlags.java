package fivefold.cli;

import fivefold.cli.connect.Parts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A message in parts, on several connections in turn. */
final class PartsFlags {
  private static final int MOST_CONNECTIONS = 1_000;

  @Option(
      names = "--parts",
      paramLabel = "A|B|C",
      description = {
        "Send these parts, each on every connection, and show what comes back, instead of what is",
        "typed. \\n is a line end, \\| and \\\\ stand for themselves."
      })
  @Nullable String parts;

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "With --parts: so many connections at once (1).")
  @Nullable Integer connections;

  boolean isEmpty() {
    return parts == null && connections == null;
  }

  /** The parts; empty when none were asked for. */
  List<String> parts(boolean udp) {
    if (isEmpty()) {
      return List.of();
    }
    if (parts == null) {
      throw new UsageException("--connections says on how many to send --parts; add --parts 'A|B'");
    }
    if (udp) {
      throw new UsageException("--parts are for connections, and --udp has none; leave out one");
    }
    try {
      return Parts.parse(parts);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  int connections() {
    int count = connections == null ? 1 : connections;
    if (count < 1 || count > MOST_CONNECTIONS) {
      throw new UsageException("--connections is " + count + "; expected 1 to " + MOST_CONNECTIONS);
    }
    return count;
  }
}
