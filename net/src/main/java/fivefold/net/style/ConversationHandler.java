package fivefold.net.style;

/** What a protocol does with one connection, from its beginning to its end, in straight lines. */
@FunctionalInterface
public interface ConversationHandler {

  /**
   * Talks with the peer. When it returns, what was written is sent and the connection closes.
   *
   * @throws Exception closes the connection and is reported, but for what the peer, a deadline or a
   *     cancellation has caused: that closes it without a report
   */
  void converse(Conversation peer) throws Exception;
}
