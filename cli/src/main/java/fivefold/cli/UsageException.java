package fivefold.cli;

/**
 * The command line asks for something that cannot be. The message says in one line what was wrong,
 * what is expected and what to do.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }

  /** For a value that some library refused in words fit for the reader. */
  public UsageException(IllegalArgumentException cause) {
    this(String.valueOf(cause.getMessage()), cause);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
