package fivefold.services.chat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a client may ask for, beside speaking. */
enum Command {
  JOIN("/join ROOM", "enter a room, and speak there from now on"),
  LEAVE("/leave [ROOM]", "leave a room"),
  NICK("/nick NAME", "be called so"),
  WHO("/who [ROOM]", "who is here"),
  MSG("/msg NAME TEXT", "to one member alone; it is not kept"),
  TOPIC("/topic [TEXT]", "what the room is about"),
  HISTORY("/history [N]", "what was said last"),
  SEARCH("/search TEXT", "what was said with these words in it"),
  HELP("/help", "this list"),
  QUIT("/quit", "leave the chat");

  final String usage;
  final String summary;

  Command(String usage, String summary) {
    this.usage = usage;
    this.summary = summary;
  }

  String word() {
    return "/" + name().toLowerCase(Locale.ROOT);
  }

  static Optional<Command> find(String word) {
    return Arrays.stream(values())
        .filter(command -> command.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
