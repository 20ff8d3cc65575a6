package fivefold.services.chat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What rooms and members may be called. */
final class Names {
  /** Where everybody begins. */
  static final String LOBBY = "lobby";

  /** Under which the operator speaks. */
  static final String OPERATOR = "server";

  static final int NICK_LIMIT = 20;
  static final int ROOM_LIMIT = 30;
  static final int TOPIC_LIMIT = 200;

  // No dot and no colon: a name cannot pass for an address.
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+");

  private Names() {}

  /**
   * The name of a room, with or without its {@code #}.
   *
   * @throws RefusedException when it is none; the message says what is
   */
  static String room(String text) throws RefusedException {
    String name = text.startsWith("#") ? text.substring(1) : text;
    return word("a room's name", key(name), ROOM_LIMIT);
  }

  /**
   * A nickname.
   *
   * @throws RefusedException when it is none; the message says what is
   */
  static String nick(String text) throws RefusedException {
    String nick = word("a nickname", Normalizer.normalize(text, Normalizer.Form.NFKC), NICK_LIMIT);
    if (key(nick).equals(OPERATOR)) {
      throw new RefusedException("'" + nick + "' is the operator's name");
    }
    return nick;
  }

  private static String word(String what, String text, int limit) throws RefusedException {
    if (text.codePointCount(0, text.length()) > limit || !WORD.matcher(text).matches()) {
      throw new RefusedException(what + " has 1 to " + limit + " letters, digits, '_' or '-'");
    }
    return text;
  }

  /** Two names with the same key are the same name. */
  static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
