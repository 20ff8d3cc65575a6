package fivefold.cli;

import fivefold.services.Transport;
import org.jspecify.annotations.Nullable;

/** Where to listen, and how to wait. */
final class ListenFlags {
  @Nullable String host;
  @Nullable Integer port;
  @Nullable String unix;
  FileMode.@Nullable Permissions unixMode;
  boolean tcp;
  boolean udp;
  String model = ModelRequest.AUTO;
  @Nullable String require;
  int loops = 1;
  @Nullable Integer workers;
  @Nullable Integer prefork;

  void addTo(Flags flags) {
    flags.text("--host", "HOST", value -> host = value, "Address to listen on.");
    flags.value(
        "--port",
        "PORT",
        new WholeNumber(),
        value -> port = value,
        "Port to listen on; 0 for any that is free.");
    flags.text(
        "--unix",
        "PATH",
        value -> unix = value,
        "Listen on a Unix socket instead of a port; @NAME for an abstract one.");
    flags.value(
        "--unix-mode",
        "MODE",
        new FileMode(),
        value -> unixMode = value,
        "Who may connect to it, as chmod takes it (0600, its owner alone).");
    flags.toggle("--tcp", value -> tcp = value, "Serve connections.");
    flags.toggle("--udp", value -> udp = value, "Serve datagrams.");
    flags.text(
        "--model",
        "MODEL",
        value -> model = value,
        "How to wait: see 'fivefold models'. auto (default) takes what measured best, and says"
            + " why.");
    flags.text(
        "--require",
        "LIST",
        value -> require = value,
        "With auto: take the first of these that is available, such as io_uring,epoll; fail when"
            + " none is.");
    flags.value(
        "--loops",
        "N",
        new WholeNumber(),
        value -> loops = value,
        "Event loops, each on a thread of its own (1).");
    flags.value(
        "--workers",
        "N",
        new WholeNumber(),
        value -> workers = value,
        "Threads of the models pool and epoll+pool, processes at once of process (5 for each"
            + " processor).");
    flags.value(
        "--prefork",
        "N",
        new WholeNumber(),
        value -> prefork = value,
        "process: start N processes ahead, which accept by themselves.");
  }

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
