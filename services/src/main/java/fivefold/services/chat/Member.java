package fivefold.services.chat;

import fivefold.net.Connection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who is connected. Only the {@link Sequencer}'s thread touches what changes. */
final class Member {
  final Connection connection;
  final Source source;
  final String address;
  final Set<Room> rooms = new LinkedHashSet<>();

  /** Where it speaks; null in no room. */
  @Nullable Room room;

  @Nullable String nick;

  /** What it has asked for and waits. */
  final Errands errands = new Errands();

  /** Searches it waits for. */
  final AtomicInteger searching = new AtomicInteger();

  /** Has used a command: it wants to hear who comes and goes. */
  boolean informed;

  Member(Connection connection, Source source) {
    this.connection = connection;
    this.source = source;
    this.address = PeerName.of(connection);
  }

  String name() {
    return nick == null ? address : nick;
  }

  /** Tells this member something, marked as no message. */
  void tell(String notice) {
    connection.sendLine("* " + notice);
  }

  /** Tells it why something was not done. */
  void refuse(String why) {
    connection.sendLine("! " + why);
  }
}
