package fivefold.cli;

import fivefold.web.WebOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where browsers find the chat. */
final class WebFlags {
  private static final String NONE = "none";

  @Nullable String port;
  List<String> origins = new ArrayList<>();

  void addTo(Flags flags) {
    flags.text(
        "--web",
        "PORT",
        value -> port = value,
        "chat: browsers have a port of their own; none for no browsers. By default they use the",
        "port of the chat: http://127.0.0.1:9999/.");
    flags.list(
        "--web-origin",
        "URL",
        "",
        text -> text,
        () -> origins,
        all -> origins = all,
        "chat: the page may also come from here, such as https://chat.example.com, when a proxy",
        "stands before this server. Can be given again.");
  }

  boolean isEmpty() {
    return port == null && origins.isEmpty();
  }

  /** Whether there is anything for browsers. */
  boolean isWanted() {
    return !NONE.equals(port);
  }

  /** The port that is for browsers alone; null when they share the chat's. */
  @Nullable Integer ownPort() {
    if (port == null || !isWanted()) {
      return null;
    }
    try {
      int number = Integer.parseInt(port);
      if (number >= 0 && number <= 65_535) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UsageException(notAPort(), e);
    }
    throw new UsageException(notAPort());
  }

  /** Throws when they cannot be. */
  void check() {
    var _ = ownPort();
    var _ = options();
  }

  private String notAPort() {
    return "--web is '" + port + "'; expected a port from 0 to 65535, or none";
  }

  WebOptions options() {
    if (!isWanted() && !origins.isEmpty()) {
      throw new UsageException(
          "--web none is for no browsers, and --web-origin says where their page may come from;"
              + " leave out one of them");
    }
    try {
      return WebOptions.DEFAULT.withOrigins(new LinkedHashSet<>(origins));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }
}
