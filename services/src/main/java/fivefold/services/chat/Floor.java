package fivefold.services.chat;

import fivefold.net.CloseReason;
import fivefold.net.Message;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
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

  private static final System.Logger LOG = System.getLogger("fivefold.services.chat");

  private static final String CUT_OFF =
      "this server is cut off from the others; what you say waits until they are back";

  final Roster roster = new Roster();
  final Elsewhere elsewhere = new Elsewhere();
  final ZoneId zone = ZoneId.systemDefault();
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
      announce(lobby, member.name() + " is here", member);
      changed(member);
      if (cutOff) {
        member.errands.hurry(true);
        member.tell(CUT_OFF);
      }
    }
  }

  /** The other servers are to know how it is called and where it is. */
  void changed(Member member) {
    neighbours.present(
        member.connection.id(),
        member.name(),
        member.rooms.stream().map(room -> room.name).toList());
  }

  @Override
  public void said(Member member, String text) {
    if (!member.errands.next(() -> say(member, text))) {
      member.refuse("not sent: too much that you have asked for waits");
    }
  }

  private void say(Member member, String text) {
    Room room = member.room;
    if (room != null) {
      add(member, room, member.name(), text);
    } else if (roster.isHere(member)) {
      member.refuse("you are in no room; /join ROOM");
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
      order.submit(List.of(new Draft(sender, room.name, sender.name(), topic, true)));
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
    try {
      order.submit(batch);
      failing = false;
    } catch (IOException e) {
      refuse(batch, e);
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
            .ifPresent(room ->
                deliveries.add(room.everyone.broadcast(MessageText.encoded(each.message(), zone))));
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
        .ifPresent(
            room -> announce(room, topic.from() + " sets the topic: " + topic.text(), sender));
    if (sender != null) {
      sender.tell("topic: " + topic.text());
    }
  }

  private void refuse(List<Draft> batch, IOException error) {
    if (!failing) {
      LOG.log(Level.ERROR, "messages are refused: " + error.getMessage(), error);
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
    Message encoded = Message.of("* " + notice + "\n");
    for (Member each : List.copyOf(roster.members())) {
      each.connection.send(encoded);
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
        announce(room, member.name() + " has left", member);
      }
    }
  }

  /** Somebody in a room was dropped, here or on another server; the room is told in a while. */
  void dropped(Room room, String name) {
    dropped.computeIfAbsent(room, _ -> new ArrayList<>()).add(name);
  }

  /** Many that are dropped together are one notice. Everybody in the room gets it. */
  @Override
  public void settled() {
    dropped.forEach((room, names) -> {
      String who = String.join(", ", names.subList(0, Math.min(NAMED_LIMIT, names.size())));
      String more = names.size() > NAMED_LIMIT ? " and " + (names.size() - NAMED_LIMIT) : "";
      String verb = names.size() == 1 ? " was dropped: it" : " were dropped: they";
      room.everyone.broadcast(Notice.of(room, who + more + verb + " did not read in time"));
    });
    dropped.clear();
  }

  /** Tells those in a small room who want to hear it, but not the one it is about. */
  void announce(Room room, String notice, @Nullable Member about) {
    int members = room.members.size() + elsewhere.count(room.name);
    if (members > ANNOUNCING_LIMIT_MEMBERS || room.informed.size() == 0) {
      return;
    }
    boolean hears = about != null && room.informed.remove(about.connection);
    room.informed.broadcast(Notice.of(room, notice));
    if (about != null && hears) {
      room.informed.add(about.connection);
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
