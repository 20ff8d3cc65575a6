package fivefold.services.chat;

import fivefold.services.chat.ChatEvent.Stretch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does what clients ask for. On the {@link Sequencer}'s thread. */
final class Commands {
  private static final int ROOMS_LIMIT = 1_000;
  private static final int ROOMS_OF_MEMBER_LIMIT = 20;
  private static final int NAMES_SHOWN = 100;
  private static final int SHOWN_ON_JOINING = 10;
  private static final int SHOWN = 20;
  private static final int SHOWN_AT_MOST = 200;
  private static final int SHOWN_TO_PROGRAM = 100;

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

  /** Comes in with a name and into rooms, as one step, or is told why not. */
  void arrive(Member member, Arrival arrival) {
    if (roster.isHere(member) || member.arriving || !member.connection.isOpen()) {
      return;
    }
    member.key = arrival.key();
    try {
      String nick = arrival.nick() == null ? null : Names.nick(arrival.nick());
      Member lost = member.key == null ? null : roster.withKey(member.key).orElse(null);
      if (nick != null) {
        roster.requireFree(lost == null ? member : lost, nick);
      }
      boolean isClaimed = nick != null && lost != null && isCalled(lost, nick);
      if (lost != null) {
        floor.replace(lost, isClaimed);
      }
      if (nick == null || isClaimed) {
        settle(member, nick, arrival.rooms());
      } else {
        claim(member, nick, arrival.rooms());
      }
    } catch (RefusedException e) {
      member.hear(new ChatEvent.NotWelcomed(String.valueOf(e.getMessage())));
    }
  }

  private void claim(Member member, String nick, Map<String, Long> rooms) {
    member.arriving = true;
    neighbours.claim(
        Names.key(nick),
        refusal -> {
          member.arriving = false;
          if (refusal != null) {
            member.hear(new ChatEvent.NotWelcomed("'" + nick + "' " + refusal));
          } else if (!member.connection.isOpen() || !settle(member, nick, rooms)) {
            neighbours.release(Names.key(nick));
          }
        });
  }

  private boolean settle(Member member, @Nullable String nick, Map<String, Long> rooms) {
    try {
      if (nick != null) {
        roster.rename(member, nick);
      }
    } catch (RefusedException taken) {
      member.hear(new ChatEvent.NotWelcomed(String.valueOf(taken.getMessage())));
      return false;
    }
    roster.add(member);
    roster.inform(member);
    member.hear(new ChatEvent.Welcomed(member.name(), history.isKept()));
    (rooms.isEmpty() ? Map.of(Names.LOBBY, 0L) : rooms)
        .forEach((room, seenId) -> join(member, room, seenId));
    floor.warn(member);
    return true;
  }

  private static boolean isCalled(Member member, String nick) {
    return member.nick != null && Names.key(member.nick).equals(Names.key(nick));
  }

  /** Comes into a room and hears what followed a message there. */
  void join(Member member, String room, long afterId) {
    inTurn(member, "/join", () -> join(member, Names.room(room), name -> stretch(name, afterId)));
  }

  /** Hears what followed a message in a room it is in. */
  void missed(Member member, String room, long afterId) {
    inTurn(
        member,
        "/history",
        () -> member.hear(stretch(joined(member, Names.room(room)).name, afterId)));
  }

  /** Hears what preceded a message in a room it is in. */
  void earlier(Member member, String room, long beforeId) {
    inTurn(
        member,
        "/history",
        () -> {
          String name = joined(member, Names.room(room)).name;
          List<ChatMessage> found = history.before(name, beforeId, SHOWN_TO_PROGRAM + 1);
          member.hear(newest(name, Stretch.EARLIER, found, SHOWN_TO_PROGRAM));
        });
  }

  /** Hears which rooms there are. */
  void rooms(Member member) {
    inTurn(member, "/rooms", () -> member.hear(new ChatEvent.Rooms(floor.rooms())));
  }

  private ChatEvent stretch(String room, long afterId) throws IOException {
    if (afterId <= 0) {
      return last(room, SHOWN_TO_PROGRAM);
    }
    List<ChatMessage> found = history.after(room, afterId, SHOWN_TO_PROGRAM + 1);
    boolean more = found.size() > SHOWN_TO_PROGRAM;
    List<ChatMessage> shown = more ? found.subList(0, SHOWN_TO_PROGRAM) : found;
    return new ChatEvent.Shown(room, Stretch.MISSED, shown, more);
  }

  private ChatEvent last(String room, int count) throws IOException {
    return newest(room, Stretch.LAST, history.last(room, count + 1), count);
  }

  /** Of one more than are to be shown, so that it is known whether there are more. */
  private static ChatEvent newest(
      String room, Stretch stretch, List<ChatMessage> found, int count) {
    boolean more = found.size() > count;
    List<ChatMessage> shown = more ? found.subList(1, found.size()) : found;
    return new ChatEvent.Shown(room, stretch, shown, more);
  }

  /** Runs a line that begins with a slash, in a room the member is in. */
  void run(Member member, String name, String line) {
    Room room = member.in(Names.key(name));
    if (room != null) {
      member.room = room;
    }
    run(member, line);
  }

  /** Runs a line that begins with a slash. */
  void run(Member member, String line) {
    String[] words = line.strip().split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    inTurn(
        member,
        words[0],
        () -> {
          roster.inform(member);
          Command command =
              Command.find(words[0])
                  .orElseThrow(() ->
                      new RefusedException("unknown command " + words[0] + "; /help lists them"));
          run(member, command, rest);
        });
  }

  private interface Attempt {
    void run() throws RefusedException, IOException;
  }

  /** When what the member has said before is heard; what goes wrong is told to it. */
  private void inTurn(Member member, String what, Attempt attempt) {
    if (!member.errands.whenHeard(() -> attempt(member, what, attempt))) {
      member.refuse("not done: too much that you have asked for waits");
    }
  }

  private void attempt(Member member, String what, Attempt attempt) {
    if (!roster.isHere(member)) {
      return;
    }
    try {
      attempt.run();
    } catch (RefusedException e) {
      member.refuse(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "a command failed: " + what, e);
      member.refuse(what + " failed: " + e.getMessage());
    }
  }

  /** Closes its connection when it has got what it has asked for. */
  void leave(Member member) {
    member.errands.last(() -> searches.afterThoseOf(member, member.connection::close));
  }

  private void run(Member member, Command command, String rest)
      throws RefusedException, IOException {
    switch (command) {
      case JOIN ->
          join(member, Names.room(needed(command, rest)), room -> last(room, SHOWN_ON_JOINING));
      case LEAVE -> leave(member, rest);
      case NICK -> nick(member, Names.nick(needed(command, rest)));
      case WHO -> who(member, rest);
      case MSG -> message(member, needed(command, rest));
      case TOPIC -> topic(member, rest);
      case HISTORY -> member.hear(last(roomOf(member).name, count(rest)));
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

  private interface Past {
    ChatEvent of(String room) throws IOException;
  }

  private void join(Member member, String name, Past past) throws RefusedException, IOException {
    requireRoomFor(member, name);
    Room room = roster.room(name);
    boolean isNew = !member.rooms.contains(room);
    roster.enter(member, room);
    if (isNew) {
      member.hear(past.of(name));
      floor.announce(room, new ChatEvent.Came(name, member.name()), member);
      floor.changed(member);
    }
    member.hear(
        new ChatEvent.Joined(
            name, floor.count(name), floor.names(name, NAMES_SHOWN), history.topic(name)));
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
    floor.announce(room, new ChatEvent.Left(room.name, member.name()), member);
    floor.changed(member);
    Room now = member.room;
    member.hear(new ChatEvent.LeftRoom(room.name, now == null ? null : now.name));
  }

  private static Room joined(Member member, String name) throws RefusedException {
    Room room = member.in(name);
    if (room == null) {
      throw new RefusedException("you are not in #" + name);
    }
    return room;
  }

  private void nick(Member member, String nick) throws RefusedException {
    roster.requireFree(member, nick);
    if (isCalled(member, nick)) {
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
            member.refuse("'" + nick + "' " + refusal);
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
      floor.announce(room, new ChatEvent.Renamed(room.name, before, nick), member);
    }
    floor.changed(member);
    member.hear(new ChatEvent.Named(nick));
  }

  private void who(Member member, String rest) throws RefusedException {
    String name = rest.isEmpty() ? roomOf(member).name : Names.room(rest);
    int count = floor.count(name);
    if (count == 0) {
      throw new RefusedException("nobody is in " + rest);
    }
    member.hear(new ChatEvent.Present(name, count, floor.names(name, NAMES_SHOWN)));
  }

  private void message(Member member, String rest) throws RefusedException {
    String[] words = rest.split("\\s+", 2);
    if (words.length < 2) {
      throw new RefusedException("expected " + Command.MSG.usage);
    }
    Optional<Member> here = roster.find(words[0]);
    if (here.isPresent()) {
      here.get().hear(new ChatEvent.Whispered(member.name(), here.get().name(), words[1], true));
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
    member.hear(new ChatEvent.Whispered(member.name(), name, text, false));
  }

  private void topic(Member member, String rest) throws RefusedException, IOException {
    Room room = roomOf(member);
    if (rest.isEmpty()) {
      member.hear(new ChatEvent.Topic(room.name, history.topic(room.name)));
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

  private static void help(Member member) {
    for (Command command : Command.values()) {
      member.tell(String.format("%-16s %s", command.usage, command.summary));
    }
    member.tell("anything else is said in the room; a line that begins with // is said with one /");
  }
}
