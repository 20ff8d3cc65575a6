package fivefold.net.tls;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.ProtocolException;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way in: cuts what arrives into records, lets the engine read them, and shows the handler what
 * was in them. All its calls run in the connection's own order, but for {@link #isPeerEnded}.
 */
final class TlsStream implements StreamHandler {
  /**
   * Records in a row without a byte for the handler: tickets and new keys come one by one, and a
   * peer that sends nothing else makes us work for nothing.
   */
  private static final int IDLE_RECORDS_LIMIT = 64;

  private static final CloseReason TRUNCATED =
      CloseReason.of(
          CloseReason.Kind.TRUNCATED,
          "the connection ended without TLS close_notify: what came may not be all");

  private static final CloseReason TRUNCATED_HANDSHAKE =
      CloseReason.of(CloseReason.Kind.TRUNCATED, "the peer ended during the TLS handshake");

  private final TlsSettings settings;
  private final StreamHandler handler;
  private final HeldBytes held = new HeldBytes();

  private @Nullable Parts parts;
  private boolean opened;
  private boolean tasksRunning;
  private boolean oldProtocol;
  private boolean socketEnded;
  private int handshakeBytes;
  private int idleRecords;
  private volatile boolean peerEnded;

  /** What comes to be with the first bytes: until then a connection costs no engine. */
  private record Parts(
      Connection below, SSLEngine engine, RecordWriter writer, TlsConnection connection) {}

  TlsStream(TlsSettings settings, StreamHandler handler) {
    this.settings = settings;
    this.handler = handler;
  }

  @Override
  public void onOpen(Connection below) throws Exception {
    below.schedule(settings.handshakeTimeout(), new HandshakeDeadline(this));
    if (settings.speaksFirst()) {
      handshake(start(below));
    }
  }

  private Parts start(Connection below) {
    SSLEngine engine = settings.engines().get();
    RecordWriter writer =
        new RecordWriter(below, engine, () -> below.execute(() -> relieved(below)));
    Parts started =
        new Parts(below, engine, writer, new TlsConnection(below, this, engine, writer));
    parts = started;
    return started;
  }

  boolean isPeerEnded() {
    return peerEnded;
  }

  // ---- what arrives

  @Override
  public void onReceive(Connection below, ByteBuffer data) throws Exception {
    if (peerEnded) {
      return; // after close_notify nothing counts (RFC 8446, 6.1)
    }
    Parts known = parts;
    if (known == null) {
      // Plain text is refused before anything is made for it.
      RecordHeader.recordBytes(data);
      known = start(below);
    }
    if (!opened) {
      handshakeBytes += data.remaining();
      if (handshakeBytes > settings.handshakeLimitBytes()) {
        throw new ProtocolException(
            "a TLS handshake of more than " + settings.handshakeLimitBytes() + " bytes");
      }
    }
    if (!held.isEmpty() || isWaiting(known)) {
      held.add(data);
      readHeld(known);
      return;
    }
    readReceived(known, data);
  }

  private void readReceived(Parts known, ByteBuffer data) throws Exception {
    TlsBuffers lent = TlsBuffers.borrow();
    boolean more = false;
    try {
      while (data.hasRemaining()) {
        ByteBuffer records = lent.received();
        fill(records, data);
        read(known, records.flip(), lent);
        if (records.hasRemaining()) {
          held.add(records);
          more = data.hasRemaining();
          held.add(data);
        }
      }
    } finally {
      lent.giveBack();
    }
    if (more) {
      readHeld(known);
    }
  }

  private static void fill(ByteBuffer records, ByteBuffer data) {
    int count = Math.min(records.remaining(), data.remaining());
    int end = data.limit();
    records.put(data.limit(data.position() + count));
    data.limit(end);
  }

  private boolean isWaiting(Parts known) {
    return tasksRunning || known.connection().isPaused();
  }

  private void readHeld(Parts known) throws Exception {
    if (held.isEmpty() || isWaiting(known)) {
      return;
    }
    TlsBuffers lent = TlsBuffers.borrow();
    try {
      read(known, held.view(), lent);
    } finally {
      held.settle();
      lent.giveBack();
    }
  }

  /** Reads whole records, as long as it may; what is left stays in the buffer. */
  private void read(Parts known, ByteBuffer records, TlsBuffers lent) throws Exception {
    known.writer().beginCall(lent);
    ByteBuffer plain = lent.plain();
    try {
      while (!peerEnded && !isWaiting(known) && known.below().isOpen()) {
        int bytes = RecordHeader.recordBytes(records);
        if (bytes == 0 || records.remaining() < bytes) {
          break;
        }
        if (plain.remaining() < bytes) {
          show(known, plain);
          continue;
        }
        readOne(known, records, plain);
      }
      show(known, plain);
      if (peerEnded) {
        records.position(records.limit());
        endInput(known);
      }
    } finally {
      known.writer().endCall();
    }
  }

  private void readOne(Parts known, ByteBuffer records, ByteBuffer plain) throws Exception {
    if (opened && oldProtocol && RecordHeader.type(records) == RecordHeader.HANDSHAKE) {
      throw new ProtocolException("the peer wants to renegotiate TLS; that is refused");
    }
    if (oldProtocol && RecordHeader.type(records) == RecordHeader.ALERT) {
      // Most likely the peer's close_notify, after which TLS 1.2 sends nothing any more.
      show(known, plain);
      known.writer().flush();
    }
    SSLEngineResult result = unwrap(known, records, plain);
    if (result.getStatus() == Status.BUFFER_OVERFLOW && plain.position() > 0) {
      show(known, plain);
      return;
    }
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      throw new ProtocolException("a TLS record with more content than is allowed");
    }
    if (result.getStatus() == Status.CLOSED) {
      peerEnded = true;
      return;
    }
    if (opened) {
      idleRecords = result.bytesProduced() > 0 ? 0 : idleRecords + 1;
      if (idleRecords > IDLE_RECORDS_LIMIT) {
        throw new ProtocolException("TLS records without content, one after the other");
      }
    }
    HandshakeStatus status = result.getHandshakeStatus();
    if (status != HandshakeStatus.NOT_HANDSHAKING) {
      advance(known, status);
    }
  }

  private static SSLEngineResult unwrap(Parts known, ByteBuffer records, ByteBuffer plain)
      throws ProtocolException {
    try {
      return known.engine().unwrap(records, plain);
    } catch (SSLException e) {
      throw failed(known, e);
    }
  }

  /** The peer is told by an alert, the operator by the log. */
  private static ProtocolException failed(Parts known, SSLException error) {
    known.writer().sayLast();
    return new ProtocolException("TLS: " + error.getMessage());
  }

  private void show(Parts known, ByteBuffer plain) throws Exception {
    if (plain.position() > 0) {
      try {
        handler.onReceive(known.connection(), plain.flip());
      } finally {
        plain.clear();
      }
    }
  }

  // ---- the handshake

  private void handshake(Parts known) throws Exception {
    try {
      known.engine().beginHandshake();
    } catch (SSLException e) {
      throw failed(known, e);
    }
    advance(known, known.engine().getHandshakeStatus());
  }

  /** Goes on until the peer has to say something, or a task has to be done. */
  private void advance(Parts known, HandshakeStatus from) throws Exception {
    HandshakeStatus status = from;
    while (true) {
      switch (status) {
        case NEED_TASK -> {
          runTasks(known);
          return;
        }
        case NEED_WRAP -> {
          SSLEngineResult said = speak(known);
          if (said.getStatus() != Status.OK) {
            return;
          }
          status = said.getHandshakeStatus();
        }
        case FINISHED -> {
          open(known);
          status = known.engine().getHandshakeStatus();
        }
        default -> {
          return; // the peer's turn, or done
        }
      }
    }
  }

  private static SSLEngineResult speak(Parts known) throws ProtocolException {
    try {
      return known.writer().speak();
    } catch (SSLException e) {
      throw failed(known, e);
    }
  }

  /**
   * A signature takes as long as a thousand small answers: not on a thread that others wait for.
   */
  private void runTasks(Parts known) {
    tasksRunning = true;
    try {
      settings
          .tasks()
          .execute(() -> {
            for (Runnable task; (task = known.engine().getDelegatedTask()) != null; ) {
              task.run();
            }
            known.below().execute(Undeclared.by(() -> tasksDone(known)));
          });
    } catch (RejectedExecutionException e) {
      known
          .below()
          .close(new CloseReason(CloseReason.Kind.IO_ERROR, "no thread for a TLS handshake", e));
    }
  }

  private void tasksDone(Parts known) throws Exception {
    tasksRunning = false;
    advance(known, known.engine().getHandshakeStatus());
    readHeld(known);
    endIfSocketEnded(known);
  }

  private void open(Parts known) throws Exception {
    if (!opened) {
      opened = true;
      oldProtocol = !known.engine().getSession().getProtocol().equals("TLSv1.3");
      handler.onOpen(known.connection());
    }
  }

  /** The time for the handshake is over. */
  void handshakeIsDue() throws ProtocolException {
    if (!opened) {
      throw new ProtocolException(
          "the TLS handshake was not done within "
              + settings.handshakeTimeout().toMillis()
              + " ms");
    }
  }

  // ---- the handler's own calls

  /** A task of the handler's; what it sends in small pieces leaves together. */
  void run(Runnable task) {
    Parts known = parts;
    if (known == null) {
      return;
    }
    TlsBuffers lent = TlsBuffers.borrow();
    known.writer().beginCall(lent);
    try {
      task.run();
    } finally {
      known.writer().endCall();
      lent.giveBack();
    }
  }

  /** After {@code resumeReading}: first what was held back, then what is still to come. */
  void resumed() {
    Undeclared.by(this::goOn).run();
  }

  private void goOn() throws Exception {
    Parts known = parts;
    if (known == null || known.connection().isPaused()) {
      return;
    }
    readHeld(known);
    if (!known.connection().isPaused() && known.below().isOpen()) {
      if (socketEnded) {
        endIfSocketEnded(known);
      } else {
        known.connection().resumeReceiving();
      }
    }
  }

  /** Our close_notify is on its way. */
  void outputEnded() {
    Parts known = parts;
    if (known == null) {
      return;
    }
    if (peerEnded) {
      known.below().close(CloseReason.PEER_CLOSED);
    } else {
      known.below().shutdownOutput();
    }
  }

  /** What waited in plain behind a file has become little. */
  private void relieved(Connection below) {
    if (below.isOpen() && below.isWritable()) {
      Undeclared.by(() -> onWritable(below)).run();
    }
  }

  @Override
  public void onWritable(Connection below) throws Exception {
    Parts known = parts;
    if (known != null && opened && !known.writer().isFull()) {
      handler.onWritable(known.connection());
    }
  }

  // ---- the end

  /** The peer's close_notify. In TLS 1.2 it ends both sides (RFC 5246, 7.2.1). */
  private void endInput(Parts known) throws Exception {
    if (!opened) {
      known.below().close(TRUNCATED_HANDSHAKE);
      return;
    }
    if (oldProtocol) {
      known.writer().sayLast();
    }
    handler.onEnd(known.connection());
    if (known.writer().isEnded()) {
      known.below().close(CloseReason.PEER_CLOSED);
    }
  }

  @Override
  public void onEnd(Connection below) throws Exception {
    socketEnded = true;
    Parts known = parts;
    if (known == null) {
      below.close(CloseReason.of(CloseReason.Kind.PEER_CLOSED, "the peer closed without a word"));
    } else if (!isWaiting(known)) {
      endIfSocketEnded(known);
    }
  }

  /** The end of the socket's stream says nothing: anybody on the way can forge it. */
  private void endIfSocketEnded(Parts known) {
    if (socketEnded && !peerEnded && !isWaiting(known)) {
      known.below().close(opened ? TRUNCATED : TRUNCATED_HANDSHAKE);
    }
  }

  @Override
  public void onClosing(Connection below, CloseReason reason) throws Exception {
    Parts known = parts;
    if (known != null && opened) {
      handler.onClosing(known.connection(), reason);
      known.writer().end();
    }
  }

  @Override
  public void onClose(Connection below, CloseReason reason) throws Exception {
    held.clear();
    Parts known = parts;
    // A timer may hold on to this object for a while: not to the engine as well.
    parts = null;
    if (known != null && opened) {
      handler.onClose(known.connection(), reason);
    }
  }
}
