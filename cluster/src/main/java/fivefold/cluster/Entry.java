package fivefold.cluster;

import fivefold.services.chat.ChatMessage;
import fivefold.services.chat.Placed;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of the stream: what was said in one room of one server while the entry before was
 * being stored.
 *
 * @param node the server that was
 * @param number grows from entry to entry of a server and room; the same when an entry is sent
 *     again
 * @param room all are of it
 * @param isTopics whether these are topics, not messages
 * @param said each with a place of 0
 */
record Entry(String node, long number, String room, boolean isTopics, List<ChatMessage> said) {
  private static final long VERSION = 1;

  /** So many fit into one entry: a place is the entry's own, and below that many. */
  static final int LIMIT_SAID = 1 << 10;

  static FieldWriter begin(String node, long number, String room, boolean isTopics) {
    return new FieldWriter()
        .number(VERSION)
        .text(node)
        .number(number)
        .text(room)
        .number(isTopics ? 1 : 0);
  }

  static void add(FieldWriter out, long atMillis, String from, String text) {
    out.number(atMillis).text(from).text(text);
  }

  static Entry read(byte[] bytes) throws MalformedException {
    FieldReader in = new FieldReader(bytes);
    long version = in.number();
    if (version != VERSION) {
      throw new MalformedException("is of version " + version + "; expected " + VERSION);
    }
    String node = in.text();
    long number = in.number();
    String room = in.text();
    boolean isTopics = in.number() == 1;
    List<ChatMessage> said = new ArrayList<>();
    while (in.hasMore()) {
      if (said.size() == LIMIT_SAID) {
        throw new MalformedException("has more than " + LIMIT_SAID + " messages");
      }
      said.add(new ChatMessage(0, in.number(), room, in.text(), in.text()));
    }
    return new Entry(node, number, room, isTopics, said);
  }

  /** The place of one of those in an entry: the same on every server. */
  static long id(long sequence, int index) {
    return sequence * LIMIT_SAID + index;
  }

  /** With their places; none of them was said here. */
  List<Placed> placed(long sequence) {
    List<Placed> placed = new ArrayList<>(said.size());
    for (ChatMessage each : said) {
      ChatMessage there =
          new ChatMessage(
              id(sequence, placed.size()), each.atMillis(), room, each.from(), each.text());
      placed.add(new Placed(there, isTopics, null));
    }
    return placed;
  }
}
