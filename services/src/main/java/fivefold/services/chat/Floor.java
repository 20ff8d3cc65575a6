package fivefold.services.chat;

import fivefold.net.CloseReason;
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
final class Floor implements Sequencer.Steps {
  /** In a larger room comings and goings would be most of what is sent: N members, N notices. */
  private static final int ANNOUNCING_LIMIT_MEMBERS = 100;

  private static final int NAMED_LIMIT = 10;

  /** An id is the time in milliseconds and a number below this many, and never goes back. */
  private static final int ID_BITS_BELOW_MILLIS = 20;

  private static final System.Logger LOG = System.getLogger("fivefold.services.chat");

  private record Pending(@Nullable Member sender, Room room, ChatMessage message) {}

  final Roster roster = new Roster();
  final ZoneId zone = ZoneId.systemDefault();
  final LongAdder messages = new LongAdder();
  final LongAdder deliveries = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder slow = new LongAdder();

  private final History history;
  private final List<Pending> pending = new ArrayList<>();
  private final Map<Room, List<String>> dropped = new LinkedHashMap<>();
  private long lastId;
  private boolean failing;

  Floor(History history) throws IOException {
    this.history = history;
    this.lastId = history.lastId();
  }

  /** Comes into the lobby; told nothing, as a bare client expects. */
  void enter(Member member) {
    if (member.connection.isOpen()) {
      roster.add(member);
      Room lobby = roster.room(Names.LOBBY);
      roster.enter(member, lobby);
      announce(lobby, member.name() + " is here", member);
    }
  }

  @Override
  public void said(Member member, String text) {
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
    long nowMillis = System.currentTimeMillis();
    lastId = Math.max(lastId + 1, nowMillis << ID_BITS_BELOW_MILLIS);
    pending.add(
        new Pending(sender, room, new ChatMessage(lastId, nowMillis, room.name, from, text)));
  }

  /** First to the history, then to the members: what anybody has seen is kept. */
  @Override
  public void flush() {
    if (pending.isEmpty()) {
      return;
    }
    List<Pending> batch = List.copyOf(pending);
    pending.clear();
    try {
      history.append(batch.stream().map(Pending::message).toList());
      failing = false;
    } catch (IOException e) {
      refuse(batch, e);
      return;
    }
    batches.increment();
    messages.add(batch.size());
    for (Pending each : batch) {
      deliveries.add(each.room.everyone.broadcast(MessageText.encoded(each.message, zone)));
    }
  }

  private void refuse(List<Pending> batch, IOException error) {
    if (!failing) {
      LOG.log(Level.ERROR, "messages are refused until the history can be written", error);
      failing = true;
    }
    for (Pending each : batch) {
      if (each.sender != null) {
        each.sender.refuse("not sent: the history cannot be written");
      }
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
    for (Room room : roster.remove(member)) {
      if (wasSlow) {
        dropped.computeIfAbsent(room, _ -> new ArrayList<>()).add(member.name());
      } else {
        announce(room, member.name() + " has left", member);
      }
    }
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
  void announce(Room room, String notice, Member about) {
    if (room.members.size() > ANNOUNCING_LIMIT_MEMBERS || room.informed.size() == 0) {
      return;
    }
    boolean hears = room.informed.remove(about.connection);
    room.informed.broadcast(Notice.of(room, notice));
    if (hears) {
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
