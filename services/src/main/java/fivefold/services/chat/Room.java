package fivefold.services.chat;

import fivefold.net.Group;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A room and who is in it. Only the {@link Sequencer}'s thread touches it. */
final class Room {
  final String name;
  final Set<Member> members = new LinkedHashSet<>();

  /** Gets what is said. */
  final Group everyone = new Group();

  /** Gets what happens besides: who has used a command, and so is no bare client. */
  final Group informed = new Group();

  Room(String name) {
    this.name = name;
  }

  void add(Member member) {
    members.add(member);
    everyone.add(member.connection);
    if (member.informed) {
      informed.add(member.connection);
    }
  }

  void remove(Member member) {
    members.remove(member);
    everyone.remove(member.connection);
    informed.remove(member.connection);
  }

  List<String> names() {
    return members.stream().map(Member::name).toList();
  }
}
