package fivefold.net;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended.
 *
 * @param kind the category, for programs
 * @param detail one line, for people
 * @param error what was thrown, if anything was
 */
public record CloseReason(Kind kind, String detail, @Nullable Throwable error) {

  /** The categories; the same on every model. */
  public enum Kind {
    /** The peer ended its side, and ours was closed after what was sent. */
    PEER_CLOSED,
    /** The peer reset the connection, or it broke on the way. */
    PEER_RESET,
    /**
     * The connection ended without the word that ends its stream, such as TLS's close_notify: what
     * was received may not be all.
     */
    TRUNCATED,
    /** {@link Connection#close} was called while the peer's side was still open. */
    LOCAL_CLOSE,
    /** {@link Connection#abort} was called. */
    ABORTED,
    /** Nothing was received or sent for the idle timeout. */
    IDLE_TIMEOUT,
    /** The peer did not read in time or in measure: a limit of the outbox was reached. */
    SLOW_CONSUMER,
    /** The peer broke the protocol, for example with a line longer than allowed. */
    PROTOCOL_ERROR,
    /** The handler threw. */
    HANDLER_ERROR,
    /** The server was stopped. */
    SERVER_STOPPED,
    /** The system refused something; see the detail. */
    IO_ERROR
  }

  // The frequent ones are shared, so that closing a crowd allocates nothing for the reasons.
  public static final CloseReason PEER_CLOSED = of(Kind.PEER_CLOSED, "the peer closed");
  public static final CloseReason LOCAL_CLOSE = of(Kind.LOCAL_CLOSE, "closed here");
  public static final CloseReason ABORTED = of(Kind.ABORTED, "aborted here");
  public static final CloseReason IDLE_TIMEOUT = of(Kind.IDLE_TIMEOUT, "idle for too long");
  public static final CloseReason SERVER_STOPPED = of(Kind.SERVER_STOPPED, "the server stopped");

  /** A reason without an error, such as a protocol's own for closing. */
  public static CloseReason of(Kind kind, String detail) {
    return new CloseReason(kind, detail, null);
  }

  /**
   * For what a handler threw; a {@link ProtocolException} is the peer's fault, not the handler's.
   */
  public static CloseReason thrownByHandler(Throwable error) {
    Kind kind = error instanceof ProtocolException ? Kind.PROTOCOL_ERROR : Kind.HANDLER_ERROR;
    String message = error.getMessage();
    String detail = error.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    return new CloseReason(kind, detail, error);
  }

  @Override
  public String toString() {
    return kind + " (" + detail + ")";
  }
}
