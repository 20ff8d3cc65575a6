package fivefold.net.loop;

import fivefold.net.PeerCredentials;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Non-blocking sockets by handle: the system's own descriptors, or channels of java.nio, or those
 * of a simulated network. The loop is written against this, so it is the same over all.
 *
 * <p>Calls that move bytes return a count, or a negative errno as in {@link fivefold.sys.Errno};
 * {@code -EAGAIN} is a value, not an exception. Buffers must be direct. Calls on one handle come
 * from one thread at a time.
 */
public interface Transport {

  /**
   * A listening TCP socket.
   *
   * @param options what applies to a listener and is inherited by what it accepts
   */
  int listen(SocketAddress address, SocketOptions options) throws IOException;

  /** A TCP connection under way: writable when it is there, or look at {@link #pendingError}. */
  int connect(SocketAddress address, SocketOptions options) throws IOException;

  /**
   * The same from an address of this machine's, whose port may be 0: to one server a single source
   * address has no more connections than there are ephemeral ports.
   */
  default int connectFrom(SocketAddress source, SocketAddress address, SocketOptions options)
      throws IOException {
    throw new IOException("this mechanism cannot choose the address it connects from");
  }

  /** A bound UDP socket. */
  int bindDatagram(SocketAddress address, SocketOptions options) throws IOException;

  /** Has a UDP socket serve this peer alone. */
  default void connectDatagram(int handle, SocketAddress peer) throws IOException {
    throw new IOException("this mechanism has no connected UDP sockets");
  }

  /** A handle, or a negative errno; the peer's address goes into {@code peer}. */
  int accept(int listener, PeerAddress peer);

  /** Bytes read into the buffer, whose position moves; 0 at the end of input; negative errno. */
  int receive(int handle, ByteBuffer into);

  /** Bytes taken from the buffer, whose position moves; negative errno. Never raises SIGPIPE. */
  int send(int handle, ByteBuffer from);

  /** Opens a file in the way that {@link #sendFile} likes best. */
  default OpenFile openFile(Path path) throws IOException {
    return ChannelFile.open(path);
  }

  /**
   * Sends from the file itself, without waiting for the peer.
   *
   * @param file as {@link #openFile} has opened it
   * @return bytes taken; 0 when the file ends before; {@code -EOPNOTSUPP} when it is to be read and
   *     sent instead; another negative errno
   */
  default int sendFile(int handle, OpenFile file, long positionBytes, int bytes) {
    return -Errno.EOPNOTSUPP;
  }

  /**
   * One datagram into the buffer, whose position moves; its sender into {@code source}.
   *
   * @return its size, perhaps 0; negative errno
   */
  int receiveFrom(int handle, ByteBuffer into, PeerAddress source);

  /** Sends one datagram; 0 or a negative errno. */
  int sendTo(int handle, ByteBuffer datagram, PeerAddress destination);

  /** A place to keep a peer's address without allocating for each. */
  PeerAddress newPeerAddress();

  /** The error that waits on the socket as a positive errno, 0 if none; taking it clears it. */
  int pendingError(int handle);

  int shutdownOutput(int handle);

  /** Closes; the number may be given out again at once. */
  void close(int handle);

  /** Closes a TCP connection with a reset (SO_LINGER 0) where the platform can. */
  void reset(int handle);

  /** Whether handles are descriptors of the system, whose calls move many datagrams at a time. */
  default boolean hasMessageCalls() {
    return false;
  }

  SocketAddress localAddress(int handle);

  /** Who has connected to a Unix socket; null when the mechanism does not tell. */
  default @Nullable PeerCredentials peerCredentials(int handle) {
    return null;
  }

  /** A peer's address, kept in the form the mechanism likes best, until it is asked for. */
  interface PeerAddress {
    SocketAddress address();

    /** The same, for good: this object may take the next one's. */
    default RemoteAddress keep() {
      return RemoteAddress.of(address());
    }
  }
}
