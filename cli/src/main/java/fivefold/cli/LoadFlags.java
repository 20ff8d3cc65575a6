package fivefold.cli;

import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words behind {@code load}, each checked. */
final class LoadFlags {
  private static final List<String> PROTOCOLS = List.of("echo", "upper", "line", "redis", "http");
  private static final int DEFAULT_BYTES = 64;
  private static final Duration LEAST = Duration.ofMillis(10);
  private static final Duration MOST = Duration.ofHours(1);

  @Parameters(paramLabel = "HOST:PORT", description = "The server; unix:PATH for a Unix socket.")
  String server = "";

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description = {
        "echo (default): the same bytes come back; upper: a-z in upper case; line: one line for"
            + " each; redis: PING; http: GET, on connections that stay."
      })
  String protocol = PROTOCOLS.getFirst();

  @Option(names = "--udp", description = "By datagrams: echo and upper.")
  boolean udp;

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Connections open at once (64).")
  int connections = 64;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      converter = ByteSize.class,
      description = "Bytes of a request (64); of what a PING carries (nothing).")
  @Nullable Integer messageBytes;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Requests in flight on each connection, with --rate at most (1).")
  int pipeline = 1;

  @Mixin PaceFlags pace = new PaceFlags();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Measured (10s).")
  Duration duration = Duration.ofSeconds(10);

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Load before that, not measured (2s).")
  Duration warmup = Duration.ofSeconds(2);

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = {
        "Write the last requests, one by one, as a trace that ui.perfetto.dev opens: a row for each"
            + " connection."
      })
  @Nullable Path trace;

  @Option(names = "--path", paramLabel = "PATH", description = "What HTTP gets (/).")
  @Nullable String path;

  @Option(names = "--any-body", description = "HTTP's replies need not all be the same.")
  boolean anyBody;

  /**
   * Checks all ranges.
   *
   * @throws UsageException for the first that does not fit
   */
  void check() {
    FlagRange.whole("--connections", connections, LoadPlan.CONNECTIONS_LIMIT);
    FlagRange.whole("--pipeline", pipeline, LoadPlan.PIPELINE_LIMIT);
    if (messageBytes != null) {
      FlagRange.whole("--size", messageBytes, LoadPlan.MESSAGE_LIMIT_BYTES);
    }
    pace.check(List.of(connections));
    if (udp && !pace.mix().allowsDatagrams()) {
      throw new UsageException(
          "--udp and --mix "
              + pace.mixWord
              + " are both given; datagrams are steady, idle or in bursts");
    }
    FlagRange.time("--duration", duration, LEAST, MOST);
    FlagRange.time("--warmup", warmup, Duration.ZERO, MOST);
    if (trace != null) {
      OutputFile.requireWritable("--trace", trace);
    }
    boolean http = protocol.equals("http");
    if (http && messageBytes != null) {
      throw new UsageException(
          "--size and --protocol http are both given; the server says how big");
    }
    if (!http && (path != null || anyBody)) {
      throw new UsageException(
          (path != null ? "--path" : "--any-body") + " is for --protocol http only");
    }
  }

  /**
   * What is asked of the server.
   *
   * @throws UsageException for a word that is no protocol
   */
  Protocol protocol(ServerAddress address) {
    int bytes = messageBytes == null ? DEFAULT_BYTES : messageBytes;
    if (udp) {
      return datagrams(address, bytes);
    }
    return switch (protocol) {
      case "echo" -> new Protocol.Echo(bytes);
      case "upper" -> new Protocol.UpperCase(bytes);
      case "line" -> new Protocol.Line(bytes);
      case "redis" -> new Protocol.RedisPing(messageBytes == null ? 0 : messageBytes);
      case "http" -> http(address);
      default ->
          throw new UsageException(
              "unknown protocol '"
                  + protocol
                  + "'; expected one of "
                  + String.join(", ", PROTOCOLS)
                  + NearMiss.hint(protocol, PROTOCOLS));
    };
  }

  private Protocol datagrams(ServerAddress address, int bytes) {
    if (!(address instanceof HostPort)) {
      throw new UsageException(address + " and --udp are both given; expected one of them");
    }
    if (!protocol.equals("echo") && !protocol.equals("upper")) {
      throw new UsageException(
          "--udp and --protocol " + protocol + " are both given; datagrams are echo or upper");
    }
    try {
      return new Protocol.Datagrams(bytes, protocol.equals("upper"));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private Protocol http(ServerAddress address) {
    String authority = address instanceof HostPort host ? host.toString() : "localhost";
    try {
      return new Protocol.HttpGet(authority, path == null ? "/" : path, !anyBody);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }
}
