package guide;

import fivefold.net.Connection;
import fivefold.net.Group;
import fivefold.net.Message;
import fivefold.net.framing.LineHandler;

/** Everybody hears what anybody says. */
record Room(Group members) implements LineHandler {
  @Override
  public void onOpen(Connection peer) {
    members.add(peer);
  }

  @Override
  public void onLine(Connection peer, String line) {
    members.broadcast(Message.of(line + "\n")); // encoded once, whatever the number of members
  }
}
