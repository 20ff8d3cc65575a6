package fivefold.cli;

/** What was asked for is possible, but did not work. The message says so in one line. */
public final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FailureException(String message) {
    super(message);
  }

  public FailureException(String message, Throwable cause) {
    super(message, cause);
  }
}
