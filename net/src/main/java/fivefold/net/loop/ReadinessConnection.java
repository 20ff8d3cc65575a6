package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.PeerCredentials;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection on a readiness model: it is told that it can read or write, and does so. */
final class ReadinessConnection extends StreamConnection implements EventHandler {
  /** A connection that always has more to read lets the others of its loop go first after these. */
  private static final int READS_PER_TURN = 16;

  /** What an orderly close reads and drops, at most, so that the peer still gets what was sent. */
  private static final int LINGER_BYTES = 1 << 20;

  private static final long LINGER_NANOS = 1_000_000_000;

  private final Transport transport;
  private final WatchingStrand strand;
  private final int handle;
  private final boolean edgeTriggered;
  private final Consumer<ReadinessConnection> onFinished;
  private boolean watched;
  private boolean lingering;
  private boolean leftUnread;
  private int lingeredBytes;

  /**
   * A connection that is not yet watched; see {@link #open}.
   *
   * @param onFinished told on the poller's thread when all is over
   */
  ReadinessConnection(
      StreamServing serving,
      Transport transport,
      WatchingStrand strand,
      int handle,
      RemoteAddress remote,
      boolean edgeTriggered,
      Consumer<ReadinessConnection> onFinished) {
    super(serving, strand, remote);
    this.transport = transport;
    this.strand = strand;
    this.handle = handle;
    this.edgeTriggered = edgeTriggered;
    this.onFinished = onFinished;
  }

  void open() {
    try {
      watched = true;
      strand.watch(this);
    } catch (IOException e) {
      refuse(String.valueOf(e.getMessage()));
      socketGoes();
      strand.unwatch(this, this::closeSocket);
      return;
    }
    begin();
  }

  // ---- events

  @Override
  public int descriptor() {
    return handle;
  }

  @Override
  public boolean wantsRead() {
    return lingering ? !isInputEnded() : wantsInput();
  }

  @Override
  public boolean wantsWrite() {
    return awaitsWritable();
  }

  @Override
  public void read() {
    if (isEnded()) {
      return;
    }
    if (lingering) {
      linger();
      return;
    }
    beginTurn();
    receive();
    endTurn();
  }

  @Override
  public void write() {
    if (isEnded()) {
      return;
    }
    beginTurn();
    nowWritable();
    endTurn();
  }

  /** The socket is broken or ended on both sides, and nothing was wanted of it. */
  @Override
  public void hangup() {
    if (isEnded()) {
      return;
    }
    int error = transport.pendingError(handle);
    if (error != 0) {
      beginTurn();
      broken(-error);
      endTurn();
    } else {
      // Ended on both sides while reading is paused. It would be told again and again: look away
      // until reading is resumed.
      watched = false;
      strand.unwatch(this, () -> {});
    }
  }

  /** Open and unheard it would stay until its idle timeout. */
  @Override
  public void offLoop(Throwable why) {
    CloseReason reason =
        CloseReason.of(CloseReason.Kind.IO_ERROR, String.valueOf(why.getMessage()));
    // Not in the turn under way, whose end may have told this.
    strand.execute(() -> abort(reason));
  }

  @Override
  protected void resumed() {
    if (watched) {
      return;
    }
    try {
      watched = true;
      strand.watch(this);
    } catch (IOException e) {
      offLoop(e);
    }
  }

  @Override
  protected void update() {
    if (watched) {
      strand.update(this);
    }
    if (leftUnread && wantsInput()) {
      // Paused and resumed before the poller heard of it: no event will come for what is there.
      leftUnread = false;
      strand.execute(this::read);
    }
  }

  // ---- bytes

  private void receive() {
    for (int reads = 0; reads < READS_PER_TURN; reads++) {
      if (!wantsInput()) {
        leftUnread = edgeTriggered;
        return;
      }
      int received = receiveOnce();
      if (received > 0) {
        if (!edgeTriggered) {
          // Level-triggered: if there is more, the next wait says so, and others go first.
          return;
        }
      } else if (received == 0) {
        inputEnd();
        return;
      } else {
        if (received != -Errno.EAGAIN) {
          broken(received);
        }
        return;
      }
    }
    // Edge-triggered and not yet read to its end: no event will come for what is there already.
    strand.execute(this::read);
  }

  private int receiveOnce() {
    ByteBuffer buffer = strand.scratch().readBuffer();
    buffer.clear().limit(readLimitBytes(buffer.capacity()));
    int received = transport.receive(handle, buffer);
    if (received > 0) {
      received(buffer.flip());
    }
    return received;
  }

  @Override
  protected void drainInput() {
    for (int reads = 0; reads < READS_PER_TURN && wantsInput(); reads++) {
      if (receiveOnce() <= 0) {
        return;
      }
    }
  }

  @Override
  protected int transmit(ByteBuffer bytes) {
    return transport.send(handle, bytes);
  }

  @Override
  protected OpenFile openFile(Path path) throws IOException {
    return transport.openFile(path);
  }

  @Override
  protected int transmitFile(OpenFile file, long positionBytes, int bytes) {
    return transport.sendFile(handle, file, positionBytes, bytes);
  }

  // ---- closing

  @Override
  protected void endOutput() {
    transport.shutdownOutput(handle);
  }

  @Override
  protected void finish() {
    if (isAborting()) {
      release();
    } else if (!lingering) {
      if (!isInputEnded() && drop() > 0) {
        // Closing with unread input resets the connection (RFC 1122, 4.2.2.13), and the reset may
        // overtake what we have sent. So end our side, and read on for a while.
        lingering = true;
        transport.shutdownOutput(handle);
        strand.schedule(LINGER_NANOS, this::release);
        update();
      } else {
        release();
      }
    }
  }

  private void linger() {
    int dropped = drop();
    lingeredBytes += Math.max(0, dropped);
    if (lingeredBytes > LINGER_BYTES || dropped == 0 || (dropped < 0 && dropped != -Errno.EAGAIN)) {
      release();
    } else if (edgeTriggered && dropped > 0) {
      strand.execute(this::read);
    } else {
      update();
    }
  }

  private int drop() {
    ByteBuffer buffer = strand.scratch().readBuffer();
    return transport.receive(handle, buffer.clear());
  }

  private void release() {
    if (isEnded()) {
      return;
    }
    watched = false;
    socketGoes();
    boolean reset = isAborting() && reason().kind() != CloseReason.Kind.PEER_RESET;
    strand.unwatch(this, reset ? this::resetSocket : this::closeSocket);
    ended();
  }

  private void closeSocket() {
    transport.close(handle);
    onFinished.accept(this);
  }

  private void resetSocket() {
    transport.reset(handle);
    onFinished.accept(this);
  }

  @Override
  protected SocketAddress askLocalAddress() {
    return transport.localAddress(handle);
  }

  @Override
  protected @Nullable PeerCredentials askPeerCredentials() {
    return transport.peerCredentials(handle);
  }
}
