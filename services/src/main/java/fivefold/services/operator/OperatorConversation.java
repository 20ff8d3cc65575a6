package fivefold.services.operator;

import fivefold.net.style.Conversation;
import fivefold.net.style.ConversationHandler;
import fivefold.services.CleanText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One client, from its first message to its {@code exit}. What it says goes to the desk; what comes
 * back is sent by whoever types there, at any time.
 *
 * <p>A message is what arrives together, as in a server that prints what each recv() brings.
 */
record OperatorConversation(Desk desk) implements ConversationHandler {
  private static final String EXIT = "exit";

  @Override
  public void converse(Conversation peer) throws Exception {
    Visitor visitor = desk.enter(peer.connection());
    try {
      for (String text = read(peer); text != null; text = read(peer)) {
        for (String line : text.lines().toList()) {
          if (line.strip().equals(EXIT)) {
            return;
          }
          show(peer, visitor, line);
        }
      }
    } finally {
      desk.leave(visitor);
    }
  }

  private static @Nullable String read(Conversation peer) throws IOException {
    ByteBuffer bytes = peer.read();
    return bytes == null ? null : StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /** Not on the loop: a terminal may be slow. This client is not read meanwhile; others are. */
  private void show(Conversation peer, Visitor visitor, String line) throws Exception {
    if (!line.isBlank()) {
      peer.offload(() -> {
        desk.show(visitor, CleanText.of(line));
        return true;
      });
    }
  }
}
