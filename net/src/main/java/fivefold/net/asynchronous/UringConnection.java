package fivefold.net.asynchronous;

import fivefold.net.CloseReason;
import fivefold.net.PeerCredentials;
import fivefold.net.loop.NativeFile;
import fivefold.net.loop.OpenFile;
import fivefold.net.loop.RemoteAddress;
import fivefold.net.loop.StreamConnection;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.Poll;
import fivefold.sys.Sockets;
import fivefold.sys.UringCqe;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringSqe;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection on io_uring: one receive request brings completion after completion (multishot,
 * Linux 6.0); what a turn has sent is one request of the next submission.
 *
 * <p>A send is made without waiting and without a completion when all went well, so it is over when
 * the submission has returned. If the socket's buffer was full, the rest is put back to the head of
 * the outbox, and a poll request says when there is room again. At most one send of a connection
 * stands in a submission: of two, the first could come short and the second still go.
 */
final class UringConnection extends StreamConnection implements UringLoop.Party {
  private static final int NOT_LINGERING = -1;
  private static final int LINGER_BYTES = 1 << 20;
  private static final long LINGER_NANOS = 1_000_000_000;

  /** What one request sends at most, put together from several calls of {@link #transmit}. */
  private static final int SEND_MOST_BYTES = 64 * 1024;

  /** What becomes of the receive request. */
  private static final byte NOT_RECEIVING = 0;

  private static final byte ARMED = 1;

  /** Cancelled, and its last completion not yet come. */
  private static final byte ENDING = 2;

  private final LoopRing ring;
  private final int descriptor;
  private final int place;
  private final Consumer<UringConnection> onFinished;

  private byte receiving = NOT_RECEIVING;
  private boolean pollArmed;
  private boolean settleAfterSubmission;
  private int lingeredBytes = NOT_LINGERING;

  /** The last one, in {@link LoopRing#sends}. */
  private int send = TurnSends.NONE;

  /** Came in while reading was paused. */
  private @Nullable ArrayDeque<byte[]> held;

  private boolean endHeld;

  UringConnection(
      StreamServing serving,
      LoopRing ring,
      int descriptor,
      RemoteAddress remote,
      Consumer<UringConnection> onFinished) {
    super(serving, ring.loop(), remote);
    this.ring = ring;
    this.descriptor = descriptor;
    this.onFinished = onFinished;
    this.place = ring.places().add(this);
  }

  void open() {
    begin();
  }

  private long userData(int kind) {
    return UserData.of(kind, ring.places().generation(place), place);
  }

  // ---- completions

  @Override
  public void completed(int kind, int result, int flags) {
    switch (kind) {
      case UserData.RECEIVE -> receiveCompleted(result, flags);
      case UserData.SEND -> cameShort(result);
      case UserData.WRITABLE -> {
        pollArmed = false;
        writableAgain();
      }
      default -> throw new IllegalArgumentException("completion of kind " + kind);
    }
  }

  private void receiveCompleted(int result, int flags) {
    if (!UringCqe.hasMore(flags)) {
      receiving = NOT_RECEIVING;
    }
    if (isLingering()) {
      ring.buffers().drop(flags, result);
      linger(result);
      return;
    }
    beginTurn();
    if (result > 0) {
      deliver(ring.buffers().take(flags, result));
    } else {
      ring.buffers().drop(flags, result);
      if (result == 0) {
        endOrHold();
      } else if (result != -Errno.ECANCELED
          && result != -Errno.ENOBUFS
          && result != -Errno.EINTR
          && result != -Errno.EAGAIN) {
        broken(result);
      }
      // Without buffers (ENOBUFS) the request has ended; it is made again when this turn's buffers
      // are back, with the next submission.
    }
    endTurn();
  }

  private void endOrHold() {
    if (held == null && wantsInput()) {
      inputEnd();
    } else {
      endHeld = true;
    }
  }

  /** In pieces that an outbox which was made small can hold the answer to. */
  private void deliver(ByteBuffer bytes) {
    int end = bytes.limit();
    int limitBytes = readLimitBytes(bytes.capacity());
    while (bytes.position() < end) {
      int at = bytes.position();
      int next = Math.min(end, at + limitBytes);
      if (!wantsInput() || held != null) {
        hold(bytes);
        return;
      }
      received(bytes.limit(next));
      bytes.limit(end).position(next);
    }
  }

  private void hold(ByteBuffer bytes) {
    if (!isOpen()) {
      return;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    if (held == null) {
      held = new ArrayDeque<>(2);
    }
    held.add(copy);
  }

  @Override
  protected void resumed() {
    if (held != null || endHeld) {
      ring.loop().execute(this::deliverHeld);
    }
  }

  private void deliverHeld() {
    if (isEnded()) {
      return;
    }
    beginTurn();
    for (ArrayDeque<byte[]> waiting = held; waiting != null && wantsInput(); waiting = held) {
      byte[] first = waiting.removeFirst();
      int taken = deliver(first);
      if (taken < first.length) {
        waiting.addFirst(Arrays.copyOfRange(first, taken, first.length));
      } else if (waiting.isEmpty()) {
        held = null;
      }
    }
    if (endHeld && held == null && wantsInput()) {
      endHeld = false;
      inputEnd();
    }
    endTurn();
  }

  /** How many of the bytes were delivered before reading was paused again, or all. */
  private int deliver(byte[] bytes) {
    ByteBuffer buffer = strand().scratch().readBuffer();
    int limitBytes = readLimitBytes(buffer.capacity());
    int at = 0;
    while (at < bytes.length && wantsInput()) {
      int count = Math.min(limitBytes, bytes.length - at);
      received(buffer.clear().put(bytes, at, count).flip());
      at += count;
    }
    return at;
  }

  // ---- sending

  @Override
  protected int transmit(ByteBuffer bytes) {
    int count = Math.min(bytes.remaining(), sendLimitBytes());
    if (count == 0) {
      return 0;
    }
    long source = Memory.address(bytes) + bytes.position();
    boolean taken = isSending() ? lengthenSend(source, count) : newSend(source, count);
    if (!taken) {
      // Again when the submission under way is over.
      settleAfterSubmission();
      return -Errno.EAGAIN;
    }
    bytes.position(bytes.position() + count);
    return count;
  }

  /** From where the bytes are. */
  @Override
  protected int transmitShared(ByteBuffer bytes) {
    if (isSending() || !bytes.isDirect()) {
      return transmit(bytes);
    }
    int count = Math.min(bytes.remaining(), sendLimitBytes());
    ring.loop().keepUntilSubmitted(bytes);
    prepareSend(Memory.address(bytes) + bytes.position(), count);
    bytes.position(bytes.position() + count);
    return count;
  }

  /** Half the outbox: that is where it goes back to when the socket's buffer is full. */
  private int sendLimitBytes() {
    return Math.min(SEND_MOST_BYTES, serving().options().outbox().highWatermarkBytes());
  }

  private int requestFlags() {
    return ring.sockets().requestFlags();
  }

  private boolean newSend(long source, int count) {
    long address =
        count >= DIRECT_SEND_BYTES && ring.buffers().contains(source)
            ? source
            : ring.loop().arena().add(source, count);
    if (address == 0) {
      return false;
    }
    prepareSend(address, count);
    return true;
  }

  private void prepareSend(long address, int count) {
    long sqe = ring.sqe();
    UringPrepare.send(
        sqe,
        requestFlags() | UringSqe.IOSQE_CQE_SKIP_SUCCESS,
        descriptor,
        address,
        count,
        Sockets.MSG_DONTWAIT | Sockets.MSG_WAITALL | Sockets.MSG_NOSIGNAL,
        userData(UserData.SEND));
    send = ring.sends().add(place, address, count, sqe, ring.batches());
  }

  /** Makes the send that stands in this submission longer, if its end is the arena's. */
  private boolean lengthenSend(long source, int count) {
    TurnSends sends = ring.sends();
    int bytes = sends.bytes(send);
    boolean joins =
        sends.batch(send) == ring.batches()
            && sends.address(send) + bytes == ring.loop().arena().end()
            && bytes + count <= sendLimitBytes()
            && ring.loop().arena().add(source, count) != 0;
    if (joins) {
      sends.lengthen(send, count);
      UringSqe.putLength(sends.entry(send), bytes + count);
    }
    return joins;
  }

  private void settleAfterSubmission() {
    if (!settleAfterSubmission) {
      settleAfterSubmission = true;
      ring.afterSubmission(this::submissionOver);
    }
  }

  private void submissionOver() {
    settleAfterSubmission = false;
    if (!pollArmed) {
      writableAgain();
    } else if (!isEnded()) {
      // Some came back, but perhaps so little that the handler is to hear that there is room.
      beginTurn();
      endTurn();
    }
  }

  private void writableAgain() {
    if (isEnded()) {
      return;
    }
    beginTurn();
    nowWritable();
    endTurn();
  }

  /** The send of the submission before took less, or nothing; before its memory is used again. */
  private void cameShort(int result) {
    if (isEnded()) {
      return;
    }
    if (result < 0 && result != -Errno.EAGAIN) {
      beginTurn();
      broken(result);
      endTurn();
      return;
    }
    TurnSends sends = ring.sends();
    int sent = Math.max(0, result);
    if (sent < sends.bytes(send)) {
      putBack(Memory.buffer(sends.address(send) + sent, sends.bytes(send) - sent));
      armPoll();
    }
  }

  private void armPoll() {
    if (!pollArmed) {
      pollArmed = true;
      UringPrepare.poll(
          ring.sqe(), requestFlags(), descriptor, Poll.POLLOUT, userData(UserData.WRITABLE));
    }
  }

  @Override
  protected OpenFile openFile(Path path) throws IOException {
    return NativeFile.open(path);
  }

  /**
   * By sendfile(2) from the loop: a splice in the ring would need a pipe for each connection, and a
   * worker thread of the kernel for each request (io_uring always runs it there).
   */
  @Override
  protected int transmitFile(OpenFile file, long positionBytes, int bytes) {
    if (isSending()) {
      // Behind what this submission is to send.
      settleAfterSubmission();
      return -Errno.EAGAIN;
    }
    int sent = ring.sockets().sendFile(descriptor, file, positionBytes, bytes);
    if (sent == -Errno.EAGAIN) {
      armPoll();
    }
    return sent;
  }

  /** A submission of its own, which is dear, in place of a limit reached, which would be dearer. */
  @Override
  protected boolean confirmSent() {
    if (!isSending() || !ring.submitted(userData(UserData.SEND))) {
      return false;
    }
    send = TurnSends.NONE;
    return true;
  }

  @Override
  protected boolean isSending() {
    return ring.sends().isUnderWay(send, place);
  }

  // ---- what is wanted

  @Override
  protected void update() {
    boolean wanted = wantsInput() || (isLingering() && !isInputEnded());
    if (wanted && receiving == NOT_RECEIVING && held == null && !endHeld) {
      receiving = ARMED;
      UringPrepare.recvMultishot(
          ring.sqe(),
          requestFlags(),
          descriptor,
          ReceiveBuffers.GROUP,
          0,
          userData(UserData.RECEIVE));
    } else if (!wanted && receiving == ARMED && !isInputEnded()) {
      receiving = ENDING;
      cancel(UserData.RECEIVE);
    }
    boolean retry = awaitsWritable() && !pollArmed;
    // Until it is known what became of a send, nothing may be shut down or closed behind it, and
    // nobody told that there is room.
    boolean end = isSending() && (awaitsAllSent() || awaitsRelief());
    if (retry || end) {
      settleAfterSubmission();
    }
  }

  private void cancel(int kind) {
    UringPrepare.cancel(
        ring.sqe(), UringSqe.IOSQE_CQE_SKIP_SUCCESS, userData(kind), 0, UserData.ofIgnored());
  }

  /** What has arrived has been told: the engine lets a submission pass before it asks. */
  @Override
  protected void drainInput() {}

  // ---- closing

  @Override
  protected void endOutput() {
    ring.sockets().endOutput(descriptor);
  }

  @Override
  protected void finish() {
    if (isAborting()) {
      release();
    } else if (!isLingering()) {
      switch (unread()) {
        case SOME -> {
          // See ReadinessConnection: a close with unread input would reset the connection.
          lingeredBytes = 0;
          held = null;
          ring.sockets().endOutput(descriptor);
          ring.loop().schedule(LINGER_NANOS, this::release);
          update();
        }
        case NONE_AND_ENDED -> {
          receiving = NOT_RECEIVING;
          release();
        }
        case NONE -> release();
      }
    }
  }

  private RingSockets.Unread unread() {
    if (isInputEnded()) {
      return RingSockets.Unread.NONE;
    }
    return held != null ? RingSockets.Unread.SOME : ring.sockets().endIfAllRead(descriptor);
  }

  private boolean isLingering() {
    return lingeredBytes != NOT_LINGERING;
  }

  private void linger(int result) {
    lingeredBytes += Math.max(0, result);
    boolean over =
        result == 0 || (result < 0 && result != -Errno.ENOBUFS && result != -Errno.ECANCELED);
    if (over || lingeredBytes > LINGER_BYTES) {
      release();
    } else {
      update();
    }
  }

  private void release() {
    if (isEnded()) {
      return;
    }
    socketGoes();
    if (receiving == ARMED) {
      cancel(UserData.RECEIVE);
    }
    if (pollArmed) {
      cancel(UserData.WRITABLE);
    }
    // Behind the cancellations in the same submission.
    ring.sockets()
        .close(descriptor, isAborting() && reason().kind() != CloseReason.Kind.PEER_RESET);
    ring.places().remove(place);
    held = null;
    ended();
    onFinished.accept(this);
  }

  @Override
  protected boolean isStrandToAsk() {
    return ring.sockets().isLoopsOnly();
  }

  @Override
  protected SocketAddress askLocalAddress() {
    return ring.sockets().localAddress(descriptor);
  }

  @Override
  protected @Nullable PeerCredentials askPeerCredentials() {
    return ring.sockets().peerCredentials(descriptor);
  }
}
