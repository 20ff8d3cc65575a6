package fivefold.cli;

import fivefold.cli.chat.ChatSettings;
import fivefold.cli.chat.PipeChat;
import fivefold.cli.chat.ScreenChat;
import fivefold.cli.connect.Calls;
import fivefold.cli.console.Terminals;
import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.StreamLayer;
import fivefold.net.client.Client;
import fivefold.net.loop.Connector;
import fivefold.net.loop.PollerFactory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks in a chat, on a screen of its own or through a pipe. */
@Command(
    name = "chat",
    description = "Talk in a chat of 'serve chat': keyboard and network in one event loop.",
    footer = {
      "",
      "On a terminal: PgUp, PgDn and the wheel look back, Escape returns; a click on a room enters",
      "it, a click on a name or on what somebody said begins a message to that one alone; Alt-1 to",
      "Alt-9 enter a room, Tab completes a name, Ctrl-D or /quit leaves. With Shift held most",
      "terminals select text as ever. In a pipe: lines in, lines out.",
      "",
      "Examples:",
      "  fivefold chat localhost:9999",
      "  fivefold chat localhost:9999 --nick ann --join java",
      "  fivefold chat example.org:9999 --tls --password-file FILE",
      "  echo 'the build is done' | fivefold chat localhost:9999 --nick builder"
    })
final class ChatCommand implements Callable<Integer> {
  /** These watch any descriptor of the system, a terminal as well as a socket. */
  private static final List<IoModel> MODELS = List.of(IoModel.POLL, IoModel.SELECT, IoModel.EPOLL);

  private static final int SIGNAL_EXIT_BASE = 128;

  @Parameters(paramLabel = "HOST:PORT", description = "The server; unix:PATH for a Unix socket.")
  String server = "";

  @Option(names = "--nick", paramLabel = "NAME", description = "Be called so.")
  @Nullable String nick;

  @Option(names = "--join", paramLabel = "ROOM", description = "Enter this room; several times.")
  List<String> rooms = new ArrayList<>();

  @Option(
      names = "--password",
      paramLabel = "TEXT",
      description = "Sent when the server asks. Others on this machine can see flags.")
  @Nullable String password;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The same, from the first line of a file.")
  @Nullable Path passwordFile;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long to wait for a connection (3s).")
  Duration timeout = Duration.ofSeconds(3);

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "How the loop waits: poll (default), select or epoll, which cannot watch files.")
  String model = IoModel.POLL.word();

  @Option(names = "--plain", description = "Lines in, lines out, on a terminal too.")
  boolean plain;

  @Option(names = "--no-mouse", description = "Leave the mouse to the terminal.")
  boolean noMouse;

  @Mixin CallTlsFlags tls = new CallTlsFlags();

  @Override
  public Integer call() {
    ServerAddress address = ServerAddress.parse(server);
    Calls.requireTimeout(timeout);
    tls.check(false);
    PollerFactory pollers = pollers();
    try {
      StreamLayer layer = tls.layer(address);
      ChatSettings settings =
          new ChatSettings(
              address.toString(),
              connector -> client(address, connector, layer),
              pollers,
              password(),
              greeting(),
              this::explain,
              !noMouse);
      return plain || !Terminals.arePresent() || isDumb()
          ? PipeChat.run(settings, ChatCommand::onSignal)
          : ScreenChat.run(settings, ChatCommand::onSignal);
    } catch (IOException e) {
      throw new FailureException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Such as Emacs' shell: it shows text and knows no places. */
  private static boolean isDumb() {
    String type = System.getenv("TERM");
    return type == null || type.startsWith("dumb");
  }

  private Client client(ServerAddress address, Connector connector, @Nullable StreamLayer layer) {
    Client client =
        switch (address) {
          case HostPort host -> Client.to(host.host(), host.port());
          case UnixPath unix -> Client.to(UnixDomainSocketAddress.of(unix.path()));
        };
    client.on(connector).connectTimeout(timeout);
    return layer == null ? client : client.layer(layer);
  }

  private PollerFactory pollers() {
    String word = model.strip().toLowerCase(Locale.ROOT);
    if (MODELS.stream().noneMatch(each -> each.word().equals(word))) {
      String words = MODELS.stream().map(IoModel::word).collect(Collectors.joining(", "));
      throw new UsageException("--model is '" + model + "'; expected one of " + words);
    }
    PollerFactory found =
        PollerFactory.all().stream()
            .filter(each -> each.model().word().equals(word))
            .findFirst()
            .orElseThrow();
    if (found.availability() instanceof Availability.Unavailable why) {
      throw new FailureException(
          "the terminal cannot be watched by "
              + word
              + ": "
              + why.reason()
              + "; 'fivefold connect' does without");
    }
    return found;
  }

  private String password() throws IOException {
    if (passwordFile == null) {
      return password == null ? "" : password;
    }
    if (password != null) {
      throw new UsageException(
          "--password and --password-file are both given; expected one of them");
    }
    return SecretFile.firstLine(passwordFile);
  }

  private List<String> greeting() {
    List<String> lines = new ArrayList<>();
    if (nick != null) {
      lines.add("/nick " + nick);
    }
    rooms.forEach(room -> lines.add("/join " + room));
    return lines;
  }

  private String explain(String why) {
    String named =
        why.startsWith("cannot connect")
                || why.startsWith("no connection")
                || why.startsWith("host")
            ? why
            : "no connection to " + server + ": " + why;
    // An address that no name was given for begins with a slash.
    named = named.replaceFirst("^cannot connect to /", "cannot connect to ");
    return named.contains("ECONNREFUSED")
        ? named + "; start a server there, or check the port"
        : named + CallTlsFlags.hint(named);
  }

  /** A signal that was ignored when the process started stays ignored. */
  private static void onSignal(IntConsumer end) {
    register("HUP", 1, end);
    register("INT", 2, end);
    register("TERM", 15, end);
  }

  private static void register(String name, int number, IntConsumer end) {
    Object _ = Signals.register(name, () -> end.accept(SIGNAL_EXIT_BASE + number));
  }
}
