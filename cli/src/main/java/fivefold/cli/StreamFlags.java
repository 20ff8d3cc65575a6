package fivefold.cli;

import fivefold.net.StreamServerBuilder;
import fivefold.services.Style;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What only a server with connections knows. */
final class StreamFlags {
  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description = "How the handler is written: callback (default), straight-line.")
  @Nullable String style;

  @Option(
      names = "--idle-timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Close a connection on which nothing moves for so long (10m); 0 for never.")
  @Nullable Duration idleTimeout;

  @Option(
      names = "--connections-max",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Refuse connections beyond this many (100000).")
  @Nullable Integer connectionsMax;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Connections the kernel keeps until they are accepted (4096).")
  @Nullable Integer backlog;

  @Mixin OutboxFlags outbox = new OutboxFlags();

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
