package fivefold.services.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something a member hears of. How it reads is its {@link ChatForm}'s matter.
 *
 * <p>Names are nicknames, or addresses of who has none; rooms are without their {@code #}.
 */
public sealed interface ChatEvent {

  /** Somebody has spoken, to all in a room. */
  record Said(ChatMessage message) implements ChatEvent {}

  /**
   * Somebody has come into a room.
   *
   * @param names some of them
   * @param count all of them
   */
  record Came(String room, List<String> names, int count) implements ChatEvent {
    Came(String room, String name) {
      this(room, List.of(name), 1);
    }
  }

  /**
   * Somebody has left a room.
   *
   * @param names some of them
   * @param count all of them
   */
  record Left(String room, List<String> names, int count) implements ChatEvent {
    Left(String room, String name) {
      this(room, List.of(name), 1);
    }
  }

  /** Somebody in a room is called something else now. */
  record Renamed(String room, String before, String now) implements ChatEvent {}

  /** Somebody else has said what a room is about; empty for nothing. */
  record TopicSet(String room, String by, String topic) implements ChatEvent {}

  /**
   * Members of a room were dropped because they did not read.
   *
   * @param names some of them
   * @param count all of them
   */
  record Dropped(String room, List<String> names, int count) implements ChatEvent {}

  /** To one: it is in, under this name. */
  record Welcomed(String name, boolean historyIsKept) implements ChatEvent {}

  /** To one: it is not let in, and may try again. */
  record NotWelcomed(String why) implements ChatEvent {}

  /**
   * To one: it is in a room, and speaks there.
   *
   * @param count how many are in it
   * @param names some of them
   */
  record Joined(String room, int count, List<String> names, @Nullable String topic)
      implements ChatEvent {}

  /**
   * To one: it is no longer in a room.
   *
   * @param now where it speaks; null for nowhere
   */
  record LeftRoom(String room, @Nullable String now) implements ChatEvent {}

  /** To one: it is called so. */
  record Named(String name) implements ChatEvent {}

  /**
   * To one: who is in a room.
   *
   * @param names some of them
   */
  record Present(String room, int count, List<String> names) implements ChatEvent {}

  /**
   * To one: what a room is about; null when nobody has said, empty when it has just been cleared.
   */
  record Topic(String room, @Nullable String topic) implements ChatEvent {}

  /** To one: what was said between the two of them. */
  record Whispered(String from, String to, String text, boolean received) implements ChatEvent {}

  /**
   * To one: a stretch of a room's history, oldest first.
   *
   * @param more whether the history goes on beyond it, in the direction that was asked for
   */
  record Shown(String room, Stretch stretch, List<ChatMessage> messages, boolean more)
      implements ChatEvent {}

  /** To one: what a search has found. */
  record Found(String room, List<ChatMessage> messages) implements ChatEvent {}

  /** To one: the rooms somebody is in, by name. */
  record Rooms(List<RoomInfo> rooms) implements ChatEvent {}

  /** To one: a line of help, or the like. */
  record Told(String text) implements ChatEvent {}

  /** To one: something was not done. */
  record Refused(String why) implements ChatEvent {}

  /** To one: its connection is closed on purpose. Nothing follows. */
  record Dismissed(Dismissal dismissal) implements ChatEvent {}

  /** Which part of a history it is. */
  enum Stretch {
    /** The newest. */
    LAST,
    /** What follows a message; more of it is newer still. */
    MISSED,
    /** What precedes a message; more of it is older still. */
    EARLIER
  }

  /** Why a connection is closed on purpose. */
  enum Dismissal {
    KICKED("you were sent away by the operator"),
    BANNED("you are banned here"),
    WRONG_PASSWORD("wrong password"),
    ELSEWHERE("you have come in again elsewhere");

    private final String text;

    Dismissal(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
