package fivefold.services.chat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who is here, by name and by room. Only the {@link Sequencer}'s thread touches it. */
final class Roster {
  private final Map<Long, Member> members = new LinkedHashMap<>();
  private final Map<String, Member> nicks = new HashMap<>();
  private final Map<String, Member> keys = new HashMap<>();
  private final TreeMap<String, Room> rooms = new TreeMap<>();

  Collection<Member> members() {
    return members.values();
  }

  Collection<Room> rooms() {
    return rooms.values();
  }

  boolean isHere(Member member) {
    return members.containsKey(member.connection.id());
  }

  /** The room of that name, which may be empty and new. */
  Room room(String name) {
    return rooms.computeIfAbsent(name, Room::new);
  }

  Optional<Room> findRoom(String name) {
    return Optional.ofNullable(rooms.get(name));
  }

  /** By nickname or address. */
  Optional<Member> find(String name) {
    Member member = nicks.get(Names.key(name));
    return member != null
        ? Optional.of(member)
        : members.values().stream().filter(each -> each.address.equals(name)).findFirst();
  }

  /** Whose client knows this key. */
  Optional<Member> withKey(String key) {
    return Optional.ofNullable(keys.get(key));
  }

  void add(Member member) {
    members.put(member.connection.id(), member);
    if (member.key != null) {
      keys.put(member.key, member);
    }
  }

  void enter(Member member, Room room) {
    room.add(member);
    member.rooms.add(room);
    member.room = room;
  }

  /** Takes it out of one room; it goes on speaking in another one. */
  void leave(Member member, Room room) {
    room.remove(member);
    member.rooms.remove(room);
    if (room.equals(member.room)) {
      member.room = member.rooms.stream().reduce((first, second) -> second).orElse(null);
    }
    if (room.members.isEmpty()) {
      rooms.remove(room.name);
    }
  }

  /** Takes it out of everything; the rooms it was in. */
  List<Room> remove(Member member) {
    List<Room> left = new ArrayList<>(member.rooms);
    left.forEach(room -> leave(member, room));
    members.remove(member.connection.id());
    if (member.key != null) {
      keys.remove(member.key, member);
    }
    if (member.nick != null) {
      nicks.remove(Names.key(member.nick));
    }
    return left;
  }

  /**
   * Gives it a nickname in place of the one it has.
   *
   * @throws RefusedException when somebody else has it
   */
  void rename(Member member, String nick) throws RefusedException {
    requireFree(member, nick);
    forgetNick(member);
    nicks.put(Names.key(nick), member);
    member.nick = nick;
  }

  /** Takes its nickname away: it is called by its address. */
  void forgetNick(Member member) {
    if (member.nick != null) {
      nicks.remove(Names.key(member.nick));
      member.nick = null;
    }
  }

  /**
   * Checks that nobody else here has a nickname.
   *
   * @throws RefusedException when somebody else has it
   */
  void requireFree(Member member, String nick) throws RefusedException {
    Member owner = nicks.get(Names.key(nick));
    if (owner != null && !owner.equals(member)) {
      throw new RefusedException("'" + nick + "' is taken");
    }
  }

  /** From now on it hears who comes and goes. */
  void inform(Member member) {
    if (!member.informed) {
      member.informed = true;
      member.rooms.forEach(room -> room.informed.add(member));
    }
  }
}
