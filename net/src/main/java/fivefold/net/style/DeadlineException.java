package fivefold.net.style;

import java.io.IOException;

/** What was to be done {@linkplain Conversation#within within} a time was not done by then. */
public final class DeadlineException extends IOException {
  private static final long serialVersionUID = 1;

  DeadlineException(Deadline passed) {
    super("not done within " + passed.span());
  }

  /** A deadline that was not a conversation's own. */
  public DeadlineException(String what) {
    super(what);
  }
}
