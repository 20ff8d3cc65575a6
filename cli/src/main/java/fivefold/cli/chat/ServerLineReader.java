package fivefold.cli.chat;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a chat server. A message is two: time, sender and room, then the text, which
 * can be anything; so a text that looks like a notice is none.
 */
final class ServerLineReader {
  static final String LOBBY = "lobby";

  private static final Pattern HEADER =
      Pattern.compile("(\\d{4}/\\d\\d/\\d\\d) (\\d\\d:\\d\\d:\\d\\d) (\\S+)(?: #(\\S+))?");

  private @Nullable Matcher header;

  /** A new connection begins: no text is expected. */
  void reset() {
    header = null;
  }

  /** Takes the next line; empty when it is the first of two. */
  Optional<ServerLine> take(String line) {
    Matcher before = header;
    if (before != null) {
      header = null;
      String room = before.group(4);
      return Optional.of(
          new ServerLine.Said(
              before.group(1),
              before.group(2),
              before.group(3),
              room == null ? LOBBY : room,
              line));
    }
    Matcher matcher = HEADER.matcher(line);
    if (matcher.matches()) {
      header = matcher;
      return Optional.empty();
    }
    if (line.startsWith("* ")) {
      return Optional.of(new ServerLine.Notice(line.substring(2)));
    }
    return Optional.of(
        line.startsWith("! ")
            ? new ServerLine.Refusal(line.substring(2))
            : new ServerLine.Plain(line));
  }
}
