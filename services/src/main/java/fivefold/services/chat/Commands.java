package fivefold.services.chat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does what clients ask for. On the {@link Sequencer}'s thread. */
final class Commands {
  private static final int ROOMS_LIMIT = 1_000;
  private static final int ROOMS_OF_MEMBER_LIMIT = 20;
  private static final int NAMES_SHOWN = 100;
  private static final int SHOWN_ON_JOINING = 10;
  private static final int SHOWN = 20;
  private static final int SHOWN_AT_MOST = 200;

  private static final System.Logger LOG = System.getLogger("fivefold.services.chat");

  private final Floor floor;
  private final Roster roster;
  private final History history;
  private final Searches searches;
  private final Neighbours neighbours;

  Commands(Floor floor, History history, Searches searches, Neighbours neighbours) {
    this.floor = floor;
    this.roster = floor.roster;
    this.history = history;
    this.searches = searches;
    this.neighbours = neighbours;
  }

  /** Runs a line that begins with a slash; what goes wrong is told to the member. */
  void run(Member member, String line) {
    if (!member.errands.whenHeard(() -> runNow(member, line))) {
      member.refuse("not done: too much that you have asked for waits");
    }
  }

  private void runNow(Member member, String line) {
    if (!roster.isHere(member)) {
      return;
    }
    String[] words = line.strip().split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    roster.inform(member);
    try {
      Command command =
          Command.find(words[0])
              .orElseThrow(
                  () -> new RefusedException("unknown command " + words[0] + "; /help lists them"));
      run(member, command, rest);
    } catch (RefusedException e) {
      member.refuse(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "a command failed: " + words[0], e);
      member.refuse(words[0] + " failed: " + e.getMessage());
    }
  }

  /** Closes its connection when it has got what it has asked for. */
  void leave(Member member) {
    member.errands.last(() -> searches.afterThoseOf(member, member.connection::close));
  }

  private void run(Member member, Command command, String rest)
      throws RefusedException, IOException {
    switch (command) {
      case JOIN -> join(member, Names.room(needed(command, rest)));
      case LEAVE -> leave(member, rest);
      case NICK -> nick(member, Names.nick(needed(command, rest)));
      case WHO -> who(member, rest);
      case MSG -> message(member, needed(command, rest));
      case TOPIC -> topic(member, rest);
      case HISTORY -> show(member, history.last(roomOf(member).name, count(rest)));
      case SEARCH -> searches.search(member, roomOf(member).name, needed(command, rest), SHOWN);
      case HELP -> help(member);
      case QUIT -> leave(member);
    }
  }

  private static String needed(Command command, String rest) throws RefusedException {
    if (rest.isEmpty()) {
      throw new RefusedException("expected " + command.usage);
    }
    return rest;
  }

  private static Room roomOf(Member member) throws RefusedException {
    Room room = member.room;
    if (room == null) {
      throw new RefusedException("you are in no room; /join ROOM");
    }
    return room;
  }

  private void join(Member member, String name) throws RefusedException, IOException {
    requireRoomFor(member, name);
    Room room = roster.room(name);
    boolean isNew = !member.rooms.contains(room);
    roster.enter(member, room);
    if (isNew) {
      show(member, history.last(name, SHOWN_ON_JOINING));
      floor.announce(room, member.name() + " is here", member);
      floor.changed(member);
    }
    String topic = history.topic(name);
    member.tell(
        "you are in #"
            + name
            + ", "
            + (room.members.size() + floor.elsewhere.count(name))
            + " here"
            + (topic == null ? "" : "; topic: " + topic));
  }

  /** Rooms with a history count, too: else one could leave any number of them behind. */
  private void requireRoomFor(Member member, String name) throws RefusedException, IOException {
    if (member.rooms.size() >= ROOMS_OF_MEMBER_LIMIT
        && member.rooms.stream().noneMatch(room -> room.name.equals(name))) {
      throw new RefusedException("you are in " + ROOMS_OF_MEMBER_LIMIT + " rooms; /leave one");
    }
    if (roster.findRoom(name).isEmpty()) {
      Set<String> rooms = new HashSet<>(history.rooms());
      roster.rooms().forEach(room -> rooms.add(room.name));
      rooms.addAll(floor.elsewhere.rooms());
      if (rooms.size() >= ROOMS_LIMIT && !rooms.contains(name)) {
        throw new RefusedException("there are " + ROOMS_LIMIT + " rooms, and no room for more");
      }
    }
  }

  private void leave(Member member, String rest) throws RefusedException {
    Room room = rest.isEmpty() ? roomOf(member) : joined(member, Names.room(rest));
    roster.leave(member, room);
    floor.announce(room, member.name() + " has left", member);
    floor.changed(member);
    Room now = member.room;
    member.tell("you have left #" + room.name + (now == null ? "" : "; you speak in #" + now.name));
  }

  private static Room joined(Member member, String name) throws RefusedException {
    return member.rooms.stream()
        .filter(room -> room.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new RefusedException("you are not in #" + name));
  }

  private void nick(Member member, String nick) throws RefusedException {
    roster.requireFree(member, nick);
    if (member.nick != null && Names.key(member.nick).equals(Names.key(nick))) {
      rename(member, nick);
      return;
    }
    member.errands.hold();
    neighbours.claim(
        Names.key(nick),
        refusal -> {
          if (!roster.isHere(member)) {
            if (refusal == null) {
              neighbours.release(Names.key(nick));
            }
          } else if (refusal == null) {
            String before = member.nick;
            rename(member, nick);
            if (before != null) {
              neighbours.release(Names.key(before));
            }
          } else {
            member.refuse(refusal);
          }
          member.errands.release();
        });
  }

  private void rename(Member member, String nick) {
    String before = member.name();
    try {
      roster.rename(member, nick);
    } catch (RefusedException taken) {
      member.refuse(String.valueOf(taken.getMessage()));
      return;
    }
    for (Room room : member.rooms) {
      floor.announce(room, before + " is now " + nick, member);
    }
    floor.changed(member);
    member.tell("you are now " + nick);
  }

  private void who(Member member, String rest) throws RefusedException {
    String name = rest.isEmpty() ? roomOf(member).name : Names.room(rest);
    List<String> here = roster.findRoom(name).map(Room::names).orElse(List.of());
    int count = here.size() + floor.elsewhere.count(name);
    if (count == 0) {
      throw new RefusedException("nobody is in " + rest);
    }
    List<String> shown = new ArrayList<>(here.subList(0, Math.min(NAMES_SHOWN, here.size())));
    shown.addAll(floor.elsewhere.names(name, NAMES_SHOWN - shown.size()));
    member.tell(
        "#"
            + name
            + ", "
            + count
            + " here: "
            + String.join(", ", shown)
            + (count > shown.size() ? " ..." : ""));
  }

  private void message(Member member, String rest) throws RefusedException {
    String[] words = rest.split("\\s+", 2);
    if (words.length < 2) {
      throw new RefusedException("expected " + Command.MSG.usage);
    }
    Optional<Member> here = roster.find(words[0]);
    if (here.isPresent()) {
      here.get().tell("from " + member.name() + ", to you alone: " + words[1]);
      toldAlone(member, here.get().name(), words[1]);
      return;
    }
    Presence there =
        floor
            .elsewhere
            .find(words[0])
            .orElseThrow(() -> new RefusedException("nobody here is called " + words[0]));
    neighbours.tell(
        there,
        member.name(),
        words[1],
        arrived -> {
          if (arrived) {
            toldAlone(member, there.name(), words[1]);
          } else {
            member.refuse("not sent to " + there.name() + ": its server does not answer");
          }
        });
  }

  private static void toldAlone(Member member, String name, String text) {
    member.tell("to " + name + " alone: " + text);
  }

  private void topic(Member member, String rest) throws RefusedException, IOException {
    Room room = roomOf(member);
    if (rest.isEmpty()) {
      String topic = history.topic(room.name);
      member.tell(topic == null ? "#" + room.name + " has no topic" : "topic: " + topic);
      return;
    }
    if (rest.codePointCount(0, rest.length()) > Names.TOPIC_LIMIT) {
      throw new RefusedException("a topic has at most " + Names.TOPIC_LIMIT + " characters");
    }
    floor.setTopic(member, room, rest);
  }

  private static int count(String rest) throws RefusedException {
    if (rest.isEmpty()) {
      return SHOWN;
    }
    if (!rest.matches("[0-9]{1,9}")) {
      throw new RefusedException("expected " + Command.HISTORY.usage);
    }
    return Math.min(SHOWN_AT_MOST, Integer.parseInt(rest));
  }

  private void show(Member member, List<ChatMessage> messages) {
    StringBuilder text = new StringBuilder();
    messages.forEach(each -> text.append(MessageText.of(each, floor.zone)));
    member.connection.send(text.toString());
  }

  private static void help(Member member) {
    for (Command command : Command.values()) {
      member.tell(String.format("%-16s %s", command.usage, command.summary));
    }
    member.tell("anything else is said in the room; a line that begins with // is said with one /");
  }
}
