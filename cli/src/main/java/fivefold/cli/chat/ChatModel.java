package fivefold.cli.chat;

import fivefold.cli.screen.Columns;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What this client knows of the chat: rooms, who is in them, what was said. */
final class ChatModel {
  /** The server allows twenty; one that is none of ours may name any. */
  private static final int LIMIT_ROOMS = 50;

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu/MM/dd");

  private static final Pattern OF_ROOM = Pattern.compile("#([^\\s:,]+): (.*)");

  private static final int MOST_HISTORY = 200;

  private final Map<String, RoomView> rooms = new LinkedHashMap<>();
  private final Consumer<String> requests;
  private RoomView current;
  private String nick = "";
  // Requests of this program's own, whose answers are not shown.
  private int whoAsked;
  private boolean catchingUp;

  /**
   * In the lobby, where everybody begins.
   *
   * @param requests takes lines for the server that nobody typed
   */
  ChatModel(Consumer<String> requests) {
    this.requests = requests;
    this.current = new RoomView(ServerLineReader.LOBBY);
    rooms.put(current.name, current);
  }

  RoomView current() {
    return current;
  }

  List<RoomView> rooms() {
    return List.copyOf(rooms.values());
  }

  /** This program's own word, in the room that is looked at. */
  void tell(String text) {
    current.scrollback.add(Entry.of(Entry.Kind.HERE, text));
  }

  /** This member is in: asks who else is. */
  void greet() {
    askWho();
  }

  /**
   * This member is in again, as a stranger: takes the name and the rooms again, and what was said
   * meanwhile.
   */
  void comeBack() {
    catchingUp = true;
    whoAsked = 0;
    if (!nick.isEmpty()) {
      requests.accept("/nick " + nick);
    }
    String speaking = current.name;
    requests.accept("/history " + MOST_HISTORY); // of the lobby
    for (RoomView room : rooms()) {
      if (!room.name.equals(ServerLineReader.LOBBY) && !room.name.equals(speaking)) {
        rejoin(room.name);
      }
    }
    if (!speaking.equals(ServerLineReader.LOBBY)) {
      rejoin(speaking);
    }
    askWho();
  }

  private void rejoin(String room) {
    requests.accept("/join " + room);
    requests.accept("/history " + MOST_HISTORY);
  }

  private void askWho() {
    whoAsked++;
    requests.accept("/who");
  }

  /** Takes what the server says. */
  void take(ServerLine line) {
    switch (line) {
      case ServerLine.Said said -> said(said);
      case ServerLine.Notice notice -> notice(notice.text());
      case ServerLine.Refusal refusal ->
          current.scrollback.add(Entry.of(Entry.Kind.REFUSAL, refusal.text()));
      case ServerLine.Plain plain ->
          current.scrollback.add(Entry.of(Entry.Kind.MESSAGE, plain.text()));
    }
  }

  private void said(ServerLine.Said said) {
    RoomView room = room(said.room());
    Entry entry = Entry.said(said);
    if (catchingUp && room.scrollback.hasRecent(entry)) {
      return;
    }
    boolean isFirstOfToday =
        room.date.isEmpty()
            && said.date().equals(DATE.format(LocalDate.now(ZoneId.systemDefault())));
    if (!said.date().equals(room.date) && !isFirstOfToday) {
      room.scrollback.add(Entry.of(Entry.Kind.HERE, said.date()));
    }
    room.date = said.date();
    room.scrollback.add(entry);
    if (room != current) {
      room.unread++;
    }
  }

  private void notice(String text) {
    Matcher ofRoom = OF_ROOM.matcher(text);
    if (ofRoom.matches()) {
      RoomView room = room(ofRoom.group(1));
      room.follow(News.of(ofRoom.group(2)));
      add(room, ofRoom.group(2));
      return;
    }
    switch (News.of(text)) {
      case News.Here here -> here(here, text);
      case News.Entered entered -> {
        enter(room(entered.room()));
        current.topic = entered.topic();
        askWho();
        add(current, text);
      }
      case News.Left left -> {
        leave(left);
        add(current, text);
      }
      case News.Called called -> {
        nick = called.name();
        askWho(); // the name before may be an address that nobody here knows
        add(current, text);
      }
      case News.OwnTopic own -> {
        current.topic = own.topic();
        add(current, text);
      }
      case News.Other _ -> add(current, text);
      case News ofLobby -> {
        RoomView lobby = room(ServerLineReader.LOBBY);
        lobby.follow(ofLobby);
        add(lobby, text);
      }
    }
  }

  private static void add(RoomView room, String notice) {
    room.scrollback.add(Entry.of(Entry.Kind.NOTICE, notice));
  }

  /** The answer to a question of this program's is not shown. */
  private void here(News.Here here, String text) {
    room(here.room()).setNames(here.names());
    if (whoAsked == 0) {
      add(current, text);
    } else {
      whoAsked--;
      catchingUp &= whoAsked > 0;
    }
  }

  private void enter(RoomView room) {
    current = room;
    current.unread = 0;
  }

  private void leave(News.Left left) {
    if (!left.next().isEmpty()) {
      enter(room(left.next()));
      if (!left.room().equals(current.name)) {
        rooms.remove(left.room());
      }
    }
  }

  private RoomView room(String name) {
    RoomView known = rooms.get(name);
    if (known != null) {
      return known;
    }
    if (rooms.size() >= LIMIT_ROOMS) {
      return current;
    }
    RoomView made = new RoomView(name);
    rooms.put(name, made);
    return made;
  }

  /** The names here that begin so, for completion. */
  List<String> namesFrom(String beginning) {
    List<String> found = new ArrayList<>();
    for (String name : current.names) {
      if (Columns.of(name) > 0 && name.startsWith(beginning)) {
        found.add(name);
      }
    }
    return found;
  }
}
