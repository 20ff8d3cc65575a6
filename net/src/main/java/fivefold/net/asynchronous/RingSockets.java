package fivefold.net.asynchronous;

import fivefold.net.PeerCredentials;
import fivefold.net.loop.OpenFile;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a connection's socket besides sending and receiving, by its descriptor: an
 * ordinary one ({@link PlainSockets}) or an entry of a ring's table ({@link DirectSockets}).
 */
interface RingSockets extends AutoCloseable {

  /** What every request on one carries: IOSQE_FIXED_FILE, or nothing. */
  int requestFlags();

  /** Ends our side, behind what was asked for before. */
  void endOutput(int descriptor);

  /** What has arrived and nobody has received. */
  enum Unread {
    /** Bytes: a close would reset the connection. */
    SOME,
    NONE,
    /** None, and both sides have been ended: a receive under way ends by itself. */
    NONE_AND_ENDED
  }

  /**
   * Asks whether anything is unread; ends both sides if not, where that costs less than to cancel.
   */
  Unread endIfAllRead(int descriptor);

  /** Closes with the next submission, behind what was asked for before. */
  void close(int descriptor, boolean reset);

  /** Sends from a file; {@code -EOPNOTSUPP} when it is to be read and sent instead. */
  int sendFile(int descriptor, OpenFile file, long positionBytes, int bytes);

  /** Whether {@link #localAddress} and {@link #peerCredentials} are the loop's to ask for. */
  boolean isLoopsOnly();

  SocketAddress localAddress(int descriptor);

  @Nullable PeerCredentials peerCredentials(int descriptor);

  @Override
  void close();
}
