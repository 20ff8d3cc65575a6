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
        announce(room, new ChatEvent.Came(room, now.name()));
      } else if (!before.name().equals(now.name())) {
        announce(room, new ChatEvent.Renamed(room, before.name(), now.name()));
      }
    }
    for (String room : roomsBefore) {
      if (!now.rooms().contains(room)) {
        announce(room, new ChatEvent.Left(room, now.name()));
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
        announce(room, new ChatEvent.Left(room, before.name()));
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
    left.forEach(
        (room, names) -> announce(room, new ChatEvent.Left(room, some(names), names.size())));
    came.forEach(
        (room, names) -> announce(room, new ChatEvent.Came(room, some(names), names.size())));
  }

  private static void byRoom(Map<String, List<String>> names, Presence member) {
    member
        .rooms()
        .forEach(room -> names.computeIfAbsent(room, _ -> new ArrayList<>()).add(member.name()));
  }

  private static List<String> some(List<String> names) {
    return names.subList(0, Math.min(NAMED_LIMIT, names.size()));
  }

  private void announce(String room, ChatEvent event) {
    floor.roster.findRoom(room).ifPresent(here -> floor.announce(here, event, null));
  }

  @Override
  public boolean told(String name, String from, String text) {
    Optional<Member> to = floor.roster.find(name);
    to.ifPresent(member -> member.hear(new ChatEvent.Whispered(from, member.name(), text, true)));
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
    member.rooms.forEach(room ->
        floor.announce(room, new ChatEvent.Renamed(room.name, nick, member.name()), member));
    member.hear(new ChatEvent.Named(member.name()));
    floor.changed(member);
  }
}
