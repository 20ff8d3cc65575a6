package fivefold.services.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A room and who is in it. Only the {@link Sequencer}'s thread touches it. */
final class Room {
  final String name;
  final Set<Member> members = new LinkedHashSet<>();

  /** Gets what is said. */
  final Audience everyone = new Audience();

  /** Gets what happens besides: who has used a command, and so is no bare client. */
  final Audience informed = new Audience();

  Room(String name) {
    this.name = name;
  }

  void add(Member member) {
    members.add(member);
    everyone.add(member);
    if (member.informed) {
      informed.add(member);
    }
  }

  void remove(Member member) {
    members.remove(member);
    everyone.remove(member);
    informed.remove(member);
  }

  /** Those that have been here longest, so many at most. */
  List<String> names(int limit) {
    return members.stream().limit(limit).map(Member::name).toList();
  }
}
