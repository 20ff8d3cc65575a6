package fivefold.services;

import fivefold.net.style.Conversation;
import fivefold.net.style.ConversationHandler;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Echo in straight lines. A peer that sends without reading the answers makes {@code write} wait,
 * and is not read from meanwhile.
 */
record EchoConversation(Reply reply) implements ConversationHandler {

  @Override
  public void converse(Conversation peer) throws IOException {
    for (ByteBuffer bytes = peer.read(); bytes != null; bytes = peer.read()) {
      reply.write(peer, bytes);
    }
  }
}
