package fivefold.cli.chat;

/** What a line, or two, of the chat server mean. */
sealed interface ServerLine {

  /** Somebody said something; {@code date} and {@code time} as the server writes them. */
  record Said(String date, String time, String from, String room, String text)
      implements ServerLine {}

  /** The server tells something. */
  record Notice(String text) implements ServerLine {}

  /** The server does not do what was asked. */
  record Refusal(String text) implements ServerLine {}

  /** No chat server's line. */
  record Plain(String text) implements ServerLine {}
}
