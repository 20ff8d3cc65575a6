package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.PeerCredentials;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A connection's socket, from its address to the reason of its end: what the kinds of sockets do,
 * each in its own way, and what they can be asked.
 *
 * <p>A layer of {@link StreamConnection}, and no object of its own: an idle connection is to cost
 * little.
 */
abstract class SocketConnection implements Connection {
  private final StreamServing serving;
  private final Strand strand;
  // Replaced by one that is made out, when somebody asks.
  private RemoteAddress remote;
  private final long id;

  // Any thread.
  private volatile @Nullable SocketAnswers answers;
  private volatile @Nullable CloseReason closing;
  private volatile boolean aborting;
  private volatile boolean socketGone;

  SocketConnection(StreamServing serving, Strand strand, RemoteAddress remote) {
    this.serving = serving;
    this.strand = strand;
    this.remote = remote;
    this.id = serving.nextId();
  }

  protected final StreamServing serving() {
    return serving;
  }

  protected final Strand strand() {
    return strand;
  }

  // ---- sending, on the strand

  /**
   * Sends without waiting.
   *
   * @return bytes taken, which the buffer's position has moved by; {@code -EAGAIN} when it takes
   *     none now and will say by {@link SendingConnection#nowWritable} when it does; another
   *     negative errno when it broke
   */
  protected abstract int transmit(ByteBuffer bytes);

  /**
   * The same for bytes that are shared and do not change, so that the socket may take them from
   * where they are, also a little later.
   */
  protected int transmitShared(ByteBuffer bytes) {
    return transmit(bytes);
  }

  /** Opens a file in the way that {@link #transmitFile} likes best. */
  protected OpenFile openFile(Path path) throws IOException {
    return ChannelFile.open(path);
  }

  /**
   * Lets the kernel send from the file itself, without waiting for the peer.
   *
   * @return as {@link #transmit}; 0 when the file ends before; {@code -EOPNOTSUPP} when it is to be
   *     read and sent instead
   */
  protected int transmitFile(OpenFile file, long positionBytes, int bytes) {
    return -Errno.EOPNOTSUPP;
  }

  /**
   * Whether bytes that {@link #transmit} took may yet come back by {@link
   * SendingConnection#putBack}.
   */
  protected boolean isSending() {
    return false;
  }

  /**
   * Finds out at once what became of bytes that {@link #transmit} took.
   *
   * @return true when the kernel has taken all of them, so that more can be sent
   */
  protected boolean confirmSent() {
    return false;
  }

  /**
   * Bytes that {@link #transmit} has left in the buffer but is sending all the same, from a copy:
   * they stay in the outbox until {@link SendingConnection#inFlightSent} tells what became of them.
   */
  protected int inFlightBytes() {
    return 0;
  }

  /** Whether calls are dear just now: then more is gathered than the outbox has room for. */
  protected boolean sparesCalls() {
    return false;
  }

  // ---- waiting and ending, on the strand

  /**
   * What is wanted of the socket ({@link StreamConnection#wantsInput}, {@link
   * SendingConnection#awaitsWritable}) may have changed.
   */
  protected abstract void update();

  /** Reading has been resumed; {@link #update} follows. */
  protected void resumed() {}

  /** All was sent: ends our side. */
  protected abstract void endOutput();

  /**
   * All was sent, or is given up ({@link #isAborting}): closes the socket and calls {@link
   * StreamConnection#ended}, now or when the peer has had its time to hear what was sent. May be
   * called again meanwhile.
   */
  protected abstract void finish();

  // ---- asking

  /** The socket's own address; asked for once at most, and only while the socket is there. */
  protected abstract SocketAddress askLocalAddress();

  /** Whether only the strand can ask, so that other threads wait for it to do so. */
  protected boolean isStrandToAsk() {
    return false;
  }

  /** Who has connected to a Unix socket, if that can be asked; as {@link #askLocalAddress}. */
  protected @Nullable PeerCredentials askPeerCredentials() {
    return null;
  }

  final SocketAnswers answers() {
    SocketAnswers existing = answers;
    if (existing != null) {
      return existing;
    }
    synchronized (this) {
      if (answers == null) {
        answers = new SocketAnswers(this);
      }
      return answers;
    }
  }

  @Override
  public final SocketAddress localAddress() {
    return answers().localAddress();
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public SocketAddress remoteAddress() {
    SocketAddress address = remote.address();
    if (remote instanceof RemoteAddress.Inet4) {
      remote = RemoteAddress.of(address);
    }
    return address;
  }

  // ---- the end, and why

  /** The first reason counts. */
  final synchronized boolean beginClosing(CloseReason reason) {
    if (closing != null) {
      return false;
    }
    closing = reason;
    return true;
  }

  /** What waits is not to be sent first. */
  final void breakOff(CloseReason reason) {
    beginClosing(reason);
    aborting = true;
  }

  /** The socket is broken. */
  protected final void broken(int negativeErrno) {
    int errno = -negativeErrno;
    boolean peer = errno == Errno.ECONNRESET || errno == Errno.EPIPE || errno == Errno.ETIMEDOUT;
    breakOff(
        CloseReason.of(
            peer ? CloseReason.Kind.PEER_RESET : CloseReason.Kind.IO_ERROR, Errno.describe(errno)));
  }

  /** The socket is about to be closed: its number may be another's from now on. */
  protected final synchronized void socketGoes() {
    socketGone = true;
  }

  final boolean isSocketGone() {
    return socketGone;
  }

  @Override
  public final boolean isOpen() {
    return closing == null;
  }

  protected final boolean isAborting() {
    return aborting;
  }

  protected final CloseReason reason() {
    CloseReason known = closing;
    return known == null ? CloseReason.ABORTED : known;
  }

  @Override
  public String toString() {
    return "connection #" + id + " of " + remoteAddress();
  }
}
