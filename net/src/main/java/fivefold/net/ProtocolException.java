package fivefold.net;

/**
 * The peer broke the protocol. Thrown by a handler it closes the connection with {@link
 * CloseReason.Kind#PROTOCOL_ERROR}, which is logged as the peer's doing, without a stack trace.
 */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says in one line what was expected; it reaches the log and the {@link CloseReason}. */
  public ProtocolException(String message) {
    // A peer can cause this at will: writing a stack trace for it would be work it can order.
    super(message, null, false, false);
  }
}
