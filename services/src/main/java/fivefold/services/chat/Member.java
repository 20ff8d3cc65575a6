package fivefold.services.chat;

import fivefold.net.Connection;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Who is connected. Only the {@link Sequencer}'s thread touches what changes. */
final class Member {
  final Connection connection;
  final Source source;
  final ChatForm form;
  final String address;
  final Set<Room> rooms = new LinkedHashSet<>();

  /** Where it speaks; null in no room. */
  @Nullable Room room;

  @Nullable String nick;

  /** What its client alone knows; null for none. */
  @Nullable String key;

  /** Its name is being asked for; then it is in. */
  boolean arriving;

  /** What it has asked for and waits. */
  final Errands errands = new Errands();

  /** Searches it waits for. */
  final AtomicInteger searching = new AtomicInteger();

  /** Has used a command: it wants to hear who comes and goes. */
  boolean informed;

  Member(Connection connection, Source source, ChatForm form) {
    this.connection = connection;
    this.source = source;
    this.form = form;
    this.address = PeerName.of(connection);
  }

  /** The room of that name it is in; null when it is not. */
  @Nullable Room in(String name) {
    for (Room each : rooms) {
      if (each.name.equals(name)) {
        return each;
      }
    }
    return null;
  }

  String name() {
    return nick == null ? address : nick;
  }

  /** Tells this member alone. Any thread. */
  void hear(ChatEvent event) {
    connection.send(ByteBuffer.wrap(form.bytes(event)));
  }

  /** Tells it something that is no message. Any thread. */
  void tell(String notice) {
    hear(new ChatEvent.Told(notice));
  }

  /** Tells it why something was not done. Any thread. */
  void refuse(String why) {
    hear(new ChatEvent.Refused(why));
  }

  /** Says why, and closes its connection. Any thread. */
  void dismiss(ChatEvent.Dismissal dismissal) {
    hear(new ChatEvent.Dismissed(dismissal));
    connection.close();
  }
}
