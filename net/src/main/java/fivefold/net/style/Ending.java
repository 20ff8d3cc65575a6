package fivefold.net.style;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** What the end of a conversation means to its connection. */
final class Ending {
  private Ending() {}

  /**
   * Closes the connection in the way the conversation has ended.
   *
   * @param error what the handler threw, if it did
   * @return the error, if it is the handler's own fault, which is to be reported
   */
  static @Nullable Throwable close(Connection connection, @Nullable Throwable error) {
    if (error == null) {
      connection.close();
      return null;
    }
    if (error instanceof InterruptedException || error instanceof InterruptedIOException) {
      connection.close(CloseReason.of(CloseReason.Kind.LOCAL_CLOSE, "cancelled"));
      return null;
    }
    if (error instanceof IOException && !connection.isOpen()) {
      return null;
    }
    return switch (error) {
      case DeadlineException e -> {
        connection.close(CloseReason.of(CloseReason.Kind.IDLE_TIMEOUT, detail(e)));
        yield null;
      }
      case EOFException e -> {
        connection.close(CloseReason.of(CloseReason.Kind.PROTOCOL_ERROR, detail(e)));
        yield null;
      }
      default -> error;
    };
  }

  private static String detail(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }

  /** Throws it from where the connection reports what a handler throws. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
  static <E extends Throwable> void raise(Throwable error) throws E {
    throw (E) error;
  }
}
