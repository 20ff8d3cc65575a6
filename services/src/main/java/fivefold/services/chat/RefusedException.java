package fivefold.services.chat;

/** What a client has asked for is not done; the message is one line for the client. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message, null, false, false);
  }
}
