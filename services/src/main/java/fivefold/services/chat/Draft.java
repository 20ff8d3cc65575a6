package fivefold.services.chat;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to say, before it has a place among all that is said. Immutable, and known by
 * its identity: the {@link Order} hands the same draft back.
 */
public final class Draft {
  /** Who is told what becomes of it; null for the operator. */
  final @Nullable Member sender;

  private final long atMillis;
  private final String room;
  private final String from;
  private final String text;
  private final boolean isTopic;

  Draft(@Nullable Member sender, String room, String from, String text, boolean isTopic) {
    this.sender = sender;
    this.atMillis = System.currentTimeMillis();
    this.room = room;
    this.from = from;
    this.text = text;
    this.isTopic = isTopic;
  }

  /** Since 1970. */
  public long atMillis() {
    return atMillis;
  }

  public String room() {
    return room;
  }

  /** A nickname, or the address of who has none. */
  public String from() {
    return from;
  }

  public String text() {
    return text;
  }

  /** Whether it says what the room is about, and is no message. */
  public boolean isTopic() {
    return isTopic;
  }

  /** With its place. */
  public Placed at(long id) {
    return new Placed(new ChatMessage(id, atMillis, room, from, text), isTopic, this);
  }
}
