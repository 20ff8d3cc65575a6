package fivefold.net.style;

import fivefold.net.CloseReason;
import java.io.IOException;

/** The connection closed while its conversation was still going on. */
public final class ConversationClosedException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient CloseReason reason;

  ConversationClosedException(CloseReason reason) {
    super("the connection is closed: " + reason.detail(), reason.error());
    this.reason = reason;
  }

  /** Why it closed. */
  public CloseReason reason() {
    return reason;
  }
}
