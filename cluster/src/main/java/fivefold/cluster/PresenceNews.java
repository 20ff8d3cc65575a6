package fivefold.cluster;

import fivefold.services.chat.Presence;
import java.util.ArrayList;
import java.util.List;

/**
 * What one server tells the others about its members. Its changes are numbered, so that who has
 * missed one sees it by the next number, and asks for all.
 */
sealed interface PresenceNews {
  /** The members of one part of {@link All}; below what a broker takes at once. */
  int LIMIT_PART = 500;

  int LIMIT_ROOMS = 1_000;

  /** Whose it is. */
  String node();

  /** It is there, and has made so many changes. Said now and then: who does not say it is gone. */
  record Alive(String node, long changes) implements PresenceNews {}

  /** It ends. */
  record Bye(String node) implements PresenceNews {}

  /** A member has come, or is called otherwise or in other rooms. */
  record Here(String node, long changes, Presence member) implements PresenceNews {}

  /** A member has gone. */
  record Gone(String node, long changes, long member, boolean slow) implements PresenceNews {}

  /** It wants to know all about the server that it is sent to. */
  record Ask(String node) implements PresenceNews {}

  /** Some of all its members, as they were after so many changes. */
  record All(String node, long changes, boolean isFirst, boolean isLast, List<Presence> members)
      implements PresenceNews {}

  /** Something for one member of the server that it is sent to. */
  record Tell(String node, String to, String from, String text) implements PresenceNews {}

  default byte[] encoded() {
    FieldWriter out = new FieldWriter();
    switch (this) {
      case Alive(String node, long changes) -> out.number(1).text(node).number(changes);
      case Bye(String node) -> out.number(2).text(node);
      case Here(String node, long changes, Presence member) ->
          write(out.number(3).text(node).number(changes), member);
      case Gone(String node, long changes, long member, boolean slow) ->
          out.number(4).text(node).number(changes).number(member).number(slow ? 1 : 0);
      case Ask(String node) -> out.number(5).text(node);
      case All(String node, long changes, boolean isFirst, boolean isLast, var members) -> {
        out.number(6).text(node).number(changes).number(isFirst ? 1 : 0).number(isLast ? 1 : 0);
        out.number(members.size());
        members.forEach(each -> write(out, each));
      }
      case Tell(String node, String to, String from, String text) ->
          out.number(7).text(node).text(to).text(from).text(text);
    }
    return out.bytes();
  }

  static PresenceNews read(byte[] bytes) throws MalformedException {
    FieldReader in = new FieldReader(bytes);
    long kind = in.number();
    String node = in.text();
    return switch ((int) kind) {
      case 1 -> new Alive(node, in.number());
      case 2 -> new Bye(node);
      case 3 -> new Here(node, in.number(), member(in, node));
      case 4 -> new Gone(node, in.number(), in.number(), in.number() == 1);
      case 5 -> new Ask(node);
      case 6 -> {
        long changes = in.number();
        boolean isFirst = in.number() == 1;
        boolean isLast = in.number() == 1;
        List<Presence> members = new ArrayList<>();
        for (int left = in.count(LIMIT_PART); left > 0; left--) {
          members.add(member(in, node));
        }
        yield new All(node, changes, isFirst, isLast, members);
      }
      case 7 -> new Tell(node, in.text(), in.text(), in.text());
      default -> throw new MalformedException("is of kind " + kind);
    };
  }

  private static void write(FieldWriter out, Presence member) {
    out.number(member.member()).text(member.name()).number(member.rooms().size());
    member.rooms().forEach(out::text);
  }

  private static Presence member(FieldReader in, String node) throws MalformedException {
    long number = in.number();
    String name = in.text();
    List<String> rooms = new ArrayList<>();
    for (int left = in.count(LIMIT_ROOMS); left > 0; left--) {
      rooms.add(in.text());
    }
    return new Presence(node, number, name, rooms);
  }
}
