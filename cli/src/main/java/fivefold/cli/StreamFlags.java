package fivefold.cli;

import fivefold.net.StreamServerBuilder;
import fivefold.services.Style;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What only a server with connections knows. */
final class StreamFlags {
  @Nullable String style;
  @Nullable Duration idleTimeout;
  @Nullable Integer connectionsMax;
  @Nullable Integer backlog;
  final OutboxFlags outbox = new OutboxFlags();

  void addTo(Flags flags) {
    flags.text(
        "--style",
        "STYLE",
        value -> style = value,
        "How the handler is written: callback (default), straight-line.");
    flags.value(
        "--idle-timeout",
        "TIME",
        new TimeSpan(),
        value -> idleTimeout = value,
        "Close a connection on which nothing moves for so long (10m); 0 for never.");
    flags.value(
        "--connections-max",
        "N",
        new WholeNumber(),
        value -> connectionsMax = value,
        "Refuse connections beyond this many (100000).");
    flags.value(
        "--backlog",
        "N",
        new WholeNumber(),
        value -> backlog = value,
        "Connections the kernel keeps until they are accepted (4096).");
    outbox.addTo(flags);
  }

  boolean isEmpty() {
    return style == null
        && idleTimeout == null
        && connectionsMax == null
        && backlog == null
        && outbox.isEmpty();
  }

  /**
   * The style that was asked for.
   *
   * @param fallback when none was *
   * @throws IllegalArgumentException when there is no such style; the message lists them
   */
  Style style(Style fallback) {
    return style == null ? fallback : Style.parse(style);
  }

  void applyTo(StreamServerBuilder builder) {
    if (idleTimeout != null) {
      builder.idleTimeout(idleTimeout);
    }
    if (connectionsMax != null) {
      builder.connectionLimit(connectionsMax);
    }
    if (backlog != null) {
      builder.backlog(backlog);
    }
    builder.outbox(outbox.limits());
  }
}
