package fivefold.net.loop;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message that is not in memory: its bytes are fetched piece by piece as the peer takes them. It
 * stands in an {@link Outbox} among the others. Called by whoever writes to the socket, one thread
 * at a time; only {@link #close} may come from any.
 */
public interface Outgoing {

  /**
   * Whether all of it has been sent.
   *
   * @throws IOException when it cannot be gone on with, which ends the connection
   */
  boolean isOver() throws IOException;

  /**
   * What comes next, in a direct buffer that stays the same until it was read to its end; asked for
   * only when not over.
   */
  ByteBuffer piece() throws IOException;

  /** So many bytes have been sent. */
  void sent(int bytes);

  /** Tells the handler how far it has come; in the connection's own order. */
  void tellProgress() throws Exception;

  /** Gives back what it holds. May be called again. */
  void close();
}
