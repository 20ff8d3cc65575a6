package fivefold.services.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is on the other servers, by room and by name. Only the {@link Sequencer}'s thread. */
final class Elsewhere {
  private final Map<String, Map<Long, Presence>> nodes = new HashMap<>();
  private final Map<String, Set<Presence>> rooms = new HashMap<>();
  private final Map<String, Presence> names = new HashMap<>();

  /** Who is there now; what was known of that member before, or null. */
  @Nullable Presence put(Presence now) {
    Presence before = remove(now.node(), now.member());
    nodes.computeIfAbsent(now.node(), _ -> new LinkedHashMap<>()).put(now.member(), now);
    now.rooms().forEach(room -> rooms.computeIfAbsent(room, _ -> new LinkedHashSet<>()).add(now));
    names.put(Names.key(now.name()), now);
    return before;
  }

  /** What was known of that member, or null. */
  @Nullable Presence remove(String node, long member) {
    Map<Long, Presence> there = nodes.get(node);
    Presence before = there == null ? null : there.remove(member);
    if (there == null || before == null) {
      return null;
    }
    if (there.isEmpty()) {
      nodes.remove(node);
    }
    for (String room : before.rooms()) {
      Set<Presence> inRoom = rooms.get(room);
      if (inRoom != null && inRoom.remove(before) && inRoom.isEmpty()) {
        rooms.remove(room);
      }
    }
    names.remove(Names.key(before.name()), before);
    return before;
  }

  /** All of one server. */
  List<Presence> of(String node) {
    return List.copyOf(nodes.getOrDefault(node, Map.of()).values());
  }

  Optional<Presence> find(String name) {
    return Optional.ofNullable(names.get(Names.key(name)));
  }

  Set<String> rooms() {
    return rooms.keySet();
  }

  int count(String room) {
    Set<Presence> there = rooms.get(room);
    return there == null ? 0 : there.size();
  }

  /** Some of those in a room. */
  List<String> names(String room, int limit) {
    return rooms.getOrDefault(room, Set.of()).stream().limit(limit).map(Presence::name).toList();
  }

  List<Presence> members() {
    List<Presence> all = new ArrayList<>();
    nodes.values().forEach(each -> all.addAll(each.values()));
    return all;
  }
}
