package fivefold.cli;

import fivefold.services.chat.ChatOptions;
import fivefold.services.chat.HistoryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What only the service chat knows. */
final class ChatFlags {
  private static final String NONE = "none";
  private static final String MEMORY = "memory";

  @Nullable String history;
  @Nullable Integer historyCount;
  @Nullable Integer historyDays;
  @Nullable Duration quietAfter;
  @Nullable Integer connectionsPerAddress;
  @Nullable Integer rate;
  @Nullable String password;
  @Nullable Path passwordFile;

  void addTo(Flags flags) {
    flags.text(
        "--history",
        "FILE",
        value -> history = value,
        "chat: where messages are kept; none, or memory for until it ends. By default in",
        "~/.local/state/fivefold/chat-PORT.mv; in memory with --port 0 and --unix.");
    flags.value(
        "--history-count",
        "N",
        new WholeNumber(),
        value -> historyCount = value,
        "chat: how many messages of each room are kept (100000; 1000 in memory).");
    flags.value(
        "--history-days",
        "N",
        new WholeNumber(),
        value -> historyDays = value,
        "chat: for how many days (any number).");
    flags.value(
        "--quiet-after",
        "TIME",
        new TimeSpan(),
        value -> quietAfter = value,
        "chat: bytes without a line end are a message after so long (100ms).");
    flags.value(
        "--connections-per-address",
        "N",
        new WholeNumber(),
        value -> connectionsPerAddress = value,
        "chat: connections at once of one address (256); 0 for any number.");
    flags.value(
        "--rate",
        "N",
        new WholeNumber(),
        value -> rate = value,
        "chat: messages a second of one address in the long run (20), five times that at once; 0"
            + " for any number.");
    flags.text(
        "--password",
        "TEXT",
        value -> password = value,
        "chat: what a client has to send first. Others on this machine can see flags.");
    flags.value(
        "--password-file",
        "FILE",
        Path::of,
        value -> passwordFile = value,
        "chat: the same, from the first line of a file.");
  }

  boolean isEmpty() {
    return history == null
        && historyCount == null
        && historyDays == null
        && quietAfter == null
        && connectionsPerAddress == null
        && rate == null
        && password == null
        && passwordFile == null;
  }

  /**
   * What was asked for.
   *
   * @param port that will be listened on; 0 when it is not known, or there is none
   */
  ChatOptions options(int port) throws IOException {
    try {
      ChatOptions options = ChatOptions.DEFAULT.withHistory(historyOptions(port));
      options = quietAfter == null ? options : options.withQuietAfter(quietAfter);
      options = rate == null ? options : options.withMessagesPerSecond(rate);
      if (connectionsPerAddress != null) {
        options = options.withConnectionsPerAddress(connectionsPerAddress);
      }
      return options.withPassword(password());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  /** What was asked for, where a cluster's stream keeps the messages. */
  ChatOptions sharedOptions() throws IOException {
    if (history != null) {
      throw new UsageException(
          "--history says where messages are kept, and with --cluster that is the broker; leave"
              + " out one of them");
    }
    return options(0);
  }

  private HistoryOptions historyOptions(int port) {
    HistoryOptions options = place(port);
    if (!options.kept() && (historyCount != null || historyDays != null)) {
      throw new UsageException(
          "--history none keeps nothing, and --history-count and --history-days say how much;"
              + " leave out one or the other");
    }
    options = historyCount == null ? options : options.withMessages(historyCount);
    return historyDays == null ? options : options.withAge(Duration.ofDays(historyDays));
  }

  private HistoryOptions place(int port) {
    if (history == null) {
      return port == 0 ? HistoryOptions.MEMORY : HistoryOptions.inFile(defaultFile(port));
    }
    return switch (history) {
      case NONE -> HistoryOptions.NONE;
      case MEMORY -> HistoryOptions.MEMORY;
      default -> HistoryOptions.inFile(Path.of(history));
    };
  }

  /** Where programs keep what they would miss: the XDG Base Directory Specification. */
  private static Path defaultFile(int port) {
    String state = System.getenv("XDG_STATE_HOME");
    Path folder =
        state == null || !Path.of(state).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return folder.resolve("fivefold").resolve("chat-" + port + ".mv");
  }

  private @Nullable String password() throws IOException {
    if (passwordFile == null) {
      return password;
    }
    if (password != null) {
      throw new UsageException(
          "--password and --password-file are both given; expected one of them");
    }
    return SecretFile.firstLine(passwordFile);
  }

  /** For the log: where the history is. */
  static String text(HistoryOptions options) {
    if (!options.kept()) {
      return "history: none";
    }
    Duration age = options.limitAge();
    return "history: "
        + (options.file() == null ? "in memory, until this server ends" : options.file())
        + ", at most "
        + options.limitMessages()
        + " messages of each room"
        + (age == null ? "" : ", " + age.toDays() + " days");
  }
}
