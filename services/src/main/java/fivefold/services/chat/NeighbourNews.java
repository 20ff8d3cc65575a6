package fivefold.services.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells the rooms here what happens on the other servers. On the {@link Sequencer}'s thread. */
final class NeighbourNews implements Neighbours.Listener {
  private static final int NAMED_LIMIT = 10;

  private final Floor floor;
  private final Elsewhere elsewhere;

  NeighbourNews(Floor floor) {
    this.floor = floor;
    this.elsewhere = floor.elsewhere;
  }

  @Override
  public void present(Presence now) {
    Presence before = elsewhere.put(now);
    List<String> roomsBefore = before == null ? List.of() : before.rooms();
    for (String room : now.rooms()) {
      if (before == null || !roomsBefore.contains(room)) {
        announce(room, now.name() + " is here");
      } else if (!before.name().equals(now.name())) {
        announce(room, before.name() + " is now " + now.name());
      }
    }
    for (String room : roomsBefore) {
      if (!now.rooms().contains(room)) {
        announce(room, now.name() + " has left");
      }
    }
  }

  @Override
  public void absent(String node, long member, boolean slow) {
    Presence before = elsewhere.remove(node, member);
    if (before == null) {
      return;
    }
    for (String room : before.rooms()) {
      if (slow) {
        floor.roster.findRoom(room).ifPresent(here -> floor.dropped(here, before.name()));
      } else {
        announce(room, before.name() + " has left");
      }
    }
  }

  @Override
  public void all(String node, List<Presence> members) {
    Map<Long, Presence> gone = new LinkedHashMap<>();
    elsewhere.of(node).forEach(each -> gone.put(each.member(), each));
    Map<String, List<String>> came = new TreeMap<>();
    for (Presence each : members) {
      if (gone.remove(each.member()) == null) {
        byRoom(came, each);
        elsewhere.put(each);
      } else {
        present(each);
      }
    }
    Map<String, List<String>> left = new TreeMap<>();
    for (Presence each : gone.values()) {
      byRoom(left, each);
      elsewhere.remove(node, each.member());
    }
    left.forEach((room, names) -> announce(room, names, " has left", " have left"));
    came.forEach((room, names) -> announce(room, names, " is here", " are here"));
  }

  private static void byRoom(Map<String, List<String>> names, Presence member) {
    member
        .rooms()
        .forEach(room -> names.computeIfAbsent(room, _ -> new ArrayList<>()).add(member.name()));
  }

  private void announce(String room, List<String> names, String ofOne, String ofMany) {
    String who = String.join(", ", names.subList(0, Math.min(NAMED_LIMIT, names.size())));
    String more = names.size() > NAMED_LIMIT ? " and " + (names.size() - NAMED_LIMIT) : "";
    announce(room, who + more + (names.size() == 1 ? ofOne : ofMany));
  }

  private void announce(String room, String notice) {
    floor.roster.findRoom(room).ifPresent(here -> floor.announce(here, notice, null));
  }

  @Override
  public boolean told(String name, String from, String text) {
    Optional<Member> to = floor.roster.find(name);
    to.ifPresent(member -> member.tell("from " + from + ", to you alone: " + text));
    return to.isPresent();
  }

  @Override
  public void nameLost(String key) {
    floor.roster.find(key).ifPresent(member -> loseName(member, key));
  }

  private void loseName(Member member, String key) {
    @Nullable String nick = member.nick;
    if (nick == null || !Names.key(nick).equals(key)) {
      return;
    }
    floor.roster.forgetNick(member);
    member.tell(
        "'"
            + nick
            + "' was given to somebody else while this server was cut off; you are now "
            + member.name());
    member.rooms.forEach(room -> floor.announce(room, nick + " is now " + member.name(), member));
    floor.changed(member);
  }
}
