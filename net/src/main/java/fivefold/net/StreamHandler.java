package fivefold.net;

import java.nio.ByteBuffer;

/**
 * What a protocol does with one connection. Written once, it runs on every {@link IoModel}.
 *
 * <pre>{@code
 * class Counting implements StreamHandler {
 *   private long bytes;
 *   public void onReceive(Connection connection, ByteBuffer data) { bytes += data.remaining(); }
 *   public void onEnd(Connection connection) { connection.sendLine("bytes: " + bytes); connection.close(); }
 * }
 * Server.tcp(7000, Counting::new).start();
 * }</pre>
 *
 * <h2>The contract</h2>
 *
 * It holds on every model, and the conformance suite proves it.
 *
 * <ol>
 *   <li>The order is {@code onOpen -> onReceive* -> onEnd? -> onClose}; {@code onWritable} may come
 *       anywhere, and {@code onClosing} once at the end, between {@code onOpen} and {@code
 *       onClose}. {@code onClose} comes exactly once, with a {@link CloseReason}, and nothing comes
 *       after it.
 *   <li>Calls for one connection never overlap, and each happens-before the next, so a handler
 *       needs no lock for its own fields. No promise is made which thread calls.
 *   <li>The buffer passed to {@code onReceive} is valid during the call only. The data is from its
 *       position, which need not be 0, to its limit. The handler may change these bytes, and only
 *       these, until it passes the buffer to {@code send}: after that it changes none of them
 *       during this call, since they may be sent from where they stand. What it leaves unread is
 *       not passed again (see {@code Framing} for messages that arrive in pieces).
 *   <li>{@link Connection#send} may be called from any thread and never blocks. All that is sent
 *       during one call of the handler leaves together, as one system call where it fits.
 *   <li>An exception closes the handler's own connection ({@link CloseReason.Kind#HANDLER_ERROR})
 *       and is reported; it ends no loop and no other connection.
 * </ol>
 *
 * <p>On models that share a thread between connections (all but {@code thread}, {@code virtual}) a
 * handler that blocks delays the others.
 */
@FunctionalInterface
public interface StreamHandler {

  /** The connection is there; the first call. */
  default void onOpen(Connection connection) throws Exception {}

  /**
   * Bytes have arrived; at least one.
   *
   * @param data valid during the call only, position to limit; position need not be 0
   */
  void onReceive(Connection connection, ByteBuffer data) throws Exception;

  /**
   * The peer will send no more (a half-close, or simply the end). One may still send; the default
   * closes after what was sent.
   */
  default void onEnd(Connection connection) throws Exception {
    connection.close();
  }

  /** The outbox, which had become full to its high watermark, is down at its low one. */
  default void onWritable(Connection connection) throws Exception {}

  /**
   * The server is about to close the connection in order: it stops, or nothing moved for the idle
   * timeout. What is sent during this call still leaves, such as a protocol's word for the end. Not
   * called for a close that the handler or the peer has begun.
   */
  default void onClosing(Connection connection, CloseReason reason) throws Exception {}

  /** The connection is gone; the last call. Nothing can be sent any more. */
  default void onClose(Connection connection, CloseReason reason) throws Exception {}
}
