package fivefold.services;

import fivefold.net.Connection;
import fivefold.net.Message;
import fivefold.net.style.Conversation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What echo answers: the bytes as they came or in upper case, with something before or after them.
 * "Before" and "after" mean each piece that arrives, as in a server that answers each recv().
 *
 * @param word as on the command line
 * @param before sent ahead of the bytes
 * @param upperCase whether a-z become A-Z
 * @param after sent behind the bytes
 */
record Reply(String word, @Nullable Message before, boolean upperCase, @Nullable Message after) {
  static final Reply UPPER = new Reply("upper", null, true, null);
  static final Reply SAME = new Reply("same", null, false, null);
  static final Reply MESSAGE = new Reply("message", Message.of("Your msg is "), false, null);

  static final String WORDS = "upper, same, message, suffix=TEXT";
  private static final String SUFFIX = "suffix=";
  private static final int SUFFIX_LIMIT_BYTES = 1024;

  static Reply parse(String word) {
    if (word.startsWith(SUFFIX)) {
      return suffix(word);
    }
    return switch (word) {
      case "upper" -> UPPER;
      case "same" -> SAME;
      case "message" -> MESSAGE;
      default ->
          throw new IllegalArgumentException(
              "unknown reply '" + word + "'; expected one of " + WORDS);
    };
  }

  private static Reply suffix(String word) {
    byte[] text = word.substring(SUFFIX.length()).getBytes(StandardCharsets.UTF_8);
    if (text.length == 0 || text.length > SUFFIX_LIMIT_BYTES) {
      throw new IllegalArgumentException(
          "the suffix has "
              + text.length
              + " bytes; expected 1 to "
              + SUFFIX_LIMIT_BYTES
              + ", as in suffix=_SB");
    }
    return new Reply(word, null, true, Message.of(text));
  }

  /** Answers on a stream: up to three sends, which leave together. */
  void send(Connection connection, ByteBuffer data) {
    if (before != null) {
      connection.send(before);
    }
    if (upperCase) {
      UpperCase.inPlace(data);
    }
    connection.send(data);
    if (after != null) {
      connection.send(after);
    }
  }

  /** The same in straight lines. */
  void write(Conversation peer, ByteBuffer data) throws IOException {
    if (before != null) {
      peer.write(before.view());
    }
    if (upperCase) {
      UpperCase.inPlace(data);
    }
    peer.write(data);
    if (after != null) {
      peer.write(after.view());
    }
  }

  /** The answer as one datagram; in the received buffer itself when nothing is added. */
  ByteBuffer datagram(ByteBuffer data) {
    if (upperCase) {
      UpperCase.inPlace(data);
    }
    if (before == null && after == null) {
      return data;
    }
    ByteBuffer whole = ByteBuffer.allocate(size(before) + data.remaining() + size(after));
    put(whole, before);
    whole.put(data);
    put(whole, after);
    return whole.flip();
  }

  /** By how much the answer exceeds what it answers. */
  int addedBytes() {
    return size(before) + size(after);
  }

  private static int size(@Nullable Message part) {
    return part == null ? 0 : part.size();
  }

  private static void put(ByteBuffer whole, @Nullable Message part) {
    if (part != null) {
      whole.put(part.view());
    }
  }
}
