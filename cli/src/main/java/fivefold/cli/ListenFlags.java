package fivefold.cli;

import fivefold.services.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to listen, and how to wait. */
final class ListenFlags {
  @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on.")
  @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = WholeNumber.class,
      description = "Port to listen on; 0 for any that is free.")
  @Nullable Integer port;

  @Option(
      names = "--unix",
      paramLabel = "PATH",
      description = "Listen on a Unix socket instead of a port; @NAME for an abstract one.")
  @Nullable String unix;

  @Option(
      names = "--unix-mode",
      paramLabel = "MODE",
      converter = FileMode.class,
      description = "Who may connect to it, as chmod takes it (0600, its owner alone).")
  FileMode.@Nullable Permissions unixMode;

  @Option(names = "--tcp", description = "Serve connections.")
  boolean tcp;

  @Option(names = "--udp", description = "Serve datagrams.")
  boolean udp;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "How to wait: see 'fivefold models'. auto (default) takes what measured best, and says"
              + " why.")
  String model = ModelRequest.AUTO;

  @Option(
      names = "--require",
      paramLabel = "LIST",
      description =
          "With auto: take the first of these that is available, such as io_uring,epoll; fail when"
              + " none is.")
  @Nullable String require;

  @Option(
      names = "--loops",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Event loops, each on a thread of its own (1).")
  int loops = 1;

  @Option(
      names = "--workers",
      paramLabel = "N",
      converter = WholeNumber.class,
      description =
          "Threads of the models pool and epoll+pool, processes at once of process (5 for each"
              + " processor).")
  @Nullable Integer workers;

  @Option(
      names = "--prefork",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "process: start N processes ahead, which accept by themselves.")
  @Nullable Integer prefork;

  Transport transport(Transport fallback) {
    if (tcp && udp) {
      throw new UsageException("--tcp and --udp are both given; expected one of them");
    }
    if (unix != null && (udp || tcp || host != null || port != null)) {
      throw new UsageException(
          "--unix names a Unix socket, and --host, --port, --tcp and --udp are for the Internet;"
              + " leave out one or the other");
    }
    if (unixMode != null && unix == null) {
      throw new UsageException("--unix-mode is for a Unix socket; add --unix PATH");
    }
    if (tcp || unix != null) {
      return Transport.TCP;
    }
    return udp ? Transport.UDP : fallback;
  }
}
