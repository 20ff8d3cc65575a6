package guide;

import fivefold.net.style.Conversation;
import fivefold.net.style.ConversationHandler;
import fivefold.net.style.DeadlineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Asks for a name, for so long, and keeps it in a file. */
record Guests(Path book, Duration patience) implements ConversationHandler {
  @Override
  public void converse(Conversation peer) throws Exception {
    peer.writeLine("who are you?");
    try (var _ = peer.within(patience)) {
      String name = peer.readLine(100);
      if (name != null) {
        peer.offload(() ->
            Files.writeString(book, name + "\n", StandardOpenOption.APPEND)); // not on the loop
        peer.writeLine("welcome, " + name);
      }
    } catch (DeadlineException e) {
      peer.writeLine("another time, then");
    }
  } // what was written is sent, and the connection closes
}
