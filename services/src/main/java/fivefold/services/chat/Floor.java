package fivefold.services.chat;

import fivefold.net.CloseReason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What happens when somebody comes, speaks or goes. On the {@link Sequencer}'s thread, but for the
 * counts.
 */
final class Floor implements Sequencer.Steps, Order.Listener {
  /** In a larger room comings and goings would be most of what is sent: N members, N notices. */
  private static final int ANNOUNCING_LIMIT_MEMBERS = 100;

  private static final int NAMED_LIMIT = 10;

  /** What may be on its way to the members of a room; who says more is told to wait. */
  private static final long LIMIT_UNDELIVERED_BYTES = 4 << 20;

  private static final System.Logger LOG = System.getLogger("fivefold.services.chat");

  private static final String CUT_OFF =
      "this server is cut off from the others; what you say waits until they are back";

  final Roster roster = new Roster();
  final Elsewhere elsewhere = new Elsewhere();
  final LongAdder messages = new LongAdder();
  final LongAdder deliveries = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder slow = new LongAdder();

  private final History history;
  private final Order order;
  private final Neighbours neighbours;
  private final List<Draft> pending = new ArrayList<>();
  private final Map<Room, List<String>> dropped = new LinkedHashMap<>();
  private boolean failing;
  private boolean cutOff;

  Floor(History history, Order order, Neighbours neighbours) {
    this.history = history;
    this.order = order;
    this.neighbours = neighbours;
  }

  /** Comes into the lobby; told nothing, as a bare client expects. */
  void enter(Member member) {
    if (member.connection.isOpen()) {
      roster.add(member);
      Room lobby = roster.room(Names.LOBBY);
      roster.enter(member, lobby);
      announce(lobby, new ChatEvent.Came(lobby.name, member.name()), member);
      changed(member);
      warn(member);
    }
  }

  /** Tells one that has come when the other servers cannot be reached. */
  void warn(Member member) {
    if (cutOff) {
      member.errands.hurry(true);
      member.tell(CUT_OFF);
    }
  }

  /** The rooms somebody here is in, by name. */
  List<RoomInfo> rooms() {
    return roster.rooms().stream()
        .map(room -> new RoomInfo(room.name, room.members.size() + elsewhere.count(room.name)))
        .toList();
  }

  /** Some of those who are in a room, here first. */
  List<String> names(String room, int limit) {
    List<String> names = new ArrayList<>();
    roster.findRoom(room).ifPresent(here -> names.addAll(here.names(limit)));
    names.addAll(elsewhere.names(room, limit - names.size()));
    return names;
  }

  /** How many are in a room, on all servers. */
  int count(String room) {
    return roster.findRoom(room).map(here -> here.members.size()).orElse(0) + elsewhere.count(room);
  }

  /** The other servers are to know how it is called and where it is. */
  void changed(Member member) {
    neighbours.present(
        member.connection.id(),
        member.name(),
        member.rooms.stream().map(room -> room.name).toList());
  }

  @Override
  public void said(Member member, @Nullable String room, String text) {
    if (!member.errands.next(() -> say(member, room, text))) {
      member.refuse("not sent: too much that you have asked for waits");
    }
  }

  private void say(Member member, @Nullable String name, String text) {
    Room room = name == null ? member.room : member.in(Names.key(name));
    if (room != null && room.everyone.undeliveredBytes() > LIMIT_UNDELIVERED_BYTES) {
      member.refuse("not sent: too much is on its way to #" + room.name + " already");
    } else if (room != null) {
      add(member, room, member.name(), text);
    } else if (roster.isHere(member)) {
      member.refuse(
          name == null ? "you are in no room; /join ROOM" : "not sent: you are not in #" + name);
    }
  }

  /** The operator speaks in a room. */
  void operatorSays(Room room, String text) {
    add(null, room, Names.OPERATOR, text);
    flush();
  }

  private void add(@Nullable Member sender, Room room, String from, String text) {
    pending.add(new Draft(sender, room.name, from, text, false));
    if (sender != null) {
      sender.errands.said();
    }
  }

  /**
   * A member says what a room is about.
   *
   * @throws IOException when that cannot be; the message says why
   */
  void setTopic(Member sender, Room room, String topic) throws IOException {
    sender.errands.said();
    try {
      var _ = order.submit(List.of(new Draft(sender, room.name, sender.name(), topic, true)));
    } catch (IOException e) {
      sender.errands.heard();
      throw e;
    }
  }

  @Override
  public void flush() {
    if (pending.isEmpty()) {
      return;
    }
    List<Draft> batch = List.copyOf(pending);
    pending.clear();
    int taken = 0;
    try {
      while (taken < batch.size()) {
        taken += order.submit(batch.subList(taken, batch.size()));
        failing = false;
      }
    } catch (IOException e) {
      refuse(batch.subList(taken, batch.size()), e);
    }
  }

  /** First to the history, then to the members: what anybody has seen is kept. */
  @Override
  public void placed(List<Placed> next) throws IOException {
    List<ChatMessage> said =
        next.stream().filter(each -> !each.isTopic()).map(Placed::message).toList();
    if (!said.isEmpty()) {
      history.append(said);
      batches.increment();
      messages.add(said.size());
    }
    for (Placed each : next) {
      if (each.isTopic()) {
        topicSet(each);
      } else {
        roster
            .findRoom(each.message().room())
            .ifPresent(
                room -> deliveries.add(room.everyone.tell(new ChatEvent.Said(each.message()))));
      }
    }
    // Not before all of it is delivered: an errand may show what is in the history already.
    for (Placed each : next) {
      Member sender = senderOf(each.draft());
      if (sender != null) {
        sender.errands.heard();
      }
    }
  }

  private static @Nullable Member senderOf(@Nullable Draft draft) {
    return draft == null ? null : draft.sender;
  }

  private void topicSet(Placed placed) throws IOException {
    ChatMessage topic = placed.message();
    history.setTopic(topic.room(), topic.text());
    Member sender = senderOf(placed.draft());
    roster
        .findRoom(topic.room())
        .ifPresent(room ->
            announce(room, new ChatEvent.TopicSet(room.name, topic.from(), topic.text()), sender));
    if (sender != null) {
      sender.hear(new ChatEvent.Topic(topic.room(), topic.text()));
    }
  }

  private void refuse(List<Draft> batch, IOException error) {
    if (!failing) {
      LOG.log(Level.ERROR, "messages are refused: " + error.getMessage(), error.getCause());
      failing = true;
    }
    for (Draft each : batch) {
      if (each.sender != null) {
        each.sender.refuse("not sent: " + error.getMessage());
        each.sender.errands.heard();
      }
    }
  }

  @Override
  public void missed(List<Draft> drafts) {
    for (Draft each : drafts) {
      if (each.sender != null) {
        each.sender.tell(
            "sent to the other servers, too long ago to be shown here: " + each.text());
        each.sender.errands.heard();
      }
    }
  }

  @Override
  public void lost() {
    cutOff = true;
    tellAll(CUT_OFF);
  }

  @Override
  public void found() {
    cutOff = false;
    tellAll("the other servers are back");
  }

  private void tellAll(String notice) {
    for (Member each : List.copyOf(roster.members())) {
      each.tell(notice);
      each.errands.hurry(cutOff);
    }
  }

  /** Its connection has ended. */
  void gone(Member member, CloseReason reason) {
    if (!roster.isHere(member)) {
      return;
    }
    boolean wasSlow = reason.kind() == CloseReason.Kind.SLOW_CONSUMER;
    if (wasSlow) {
      slow.increment();
    }
    String nick = member.nick;
    List<Room> left = roster.remove(member);
    neighbours.absent(member.connection.id(), wasSlow);
    if (nick != null) {
      neighbours.release(Names.key(nick));
    }
    for (Room room : left) {
      if (wasSlow) {
        dropped(room, member.name());
      } else {
        announce(room, new ChatEvent.Left(room.name, member.name()), member);
      }
    }
  }

  /**
   * The client of a lost connection has come again: takes that out, without a word to the others.
   *
   * @param keepName whether its name stays claimed, for the new one
   */
  void replace(Member lost, boolean keepName) {
    String nick = lost.nick;
    roster.remove(lost);
    neighbours.absent(lost.connection.id(), false);
    if (nick != null && !keepName) {
      neighbours.release(Names.key(nick));
    }
    lost.dismiss(ChatEvent.Dismissal.ELSEWHERE);
  }

  /** Somebody in a room was dropped, here or on another server; the room is told in a while. */
  void dropped(Room room, String name) {
    dropped.computeIfAbsent(room, _ -> new ArrayList<>()).add(name);
  }

  /** Many that are dropped together are one notice. Everybody in the room gets it. */
  @Override
  public void settled() {
    dropped.forEach((room, names) -> {
      List<String> some = names.subList(0, Math.min(NAMED_LIMIT, names.size()));
      room.everyone.tell(new ChatEvent.Dropped(room.name, some, names.size()));
    });
    dropped.clear();
  }

  /** Tells those in a small room who want to hear it, but not the one it is about. */
  void announce(Room room, ChatEvent event, @Nullable Member about) {
    if (room.informed.isEmpty() || count(room.name) > ANNOUNCING_LIMIT_MEMBERS) {
      return;
    }
    boolean hears = about != null && room.informed.remove(about);
    room.informed.tell(event);
    if (about != null && hears) {
      room.informed.add(about);
    }
  }

  @Override
  public void tidy() {
    try {
      history.tidy();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "old messages stay for now", e);
    }
  }

  @Override
  public void idle() {
    try {
      history.shrink();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the history stays as large as it is for now", e);
    }
  }
}
