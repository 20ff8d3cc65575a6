package fivefold.net.tls;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.loop.OutgoingConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The way out: makes records and gives them to the socket's connection, in the order of their
 * numbers, from whichever thread. What is sent in small pieces during one call of the handler
 * leaves as one record, since a record costs as much as a kilobyte in it.
 */
final class RecordWriter {
  /** Of messages up to this size several are put into one record. */
  private static final int SMALL_BYTES = 4 * 1024;

  static final int GATHER_BYTES = 16 * 1024;

  /** From here the socket's connection sends a direct buffer without copying it. */
  private static final int DIRECT_FROM_BYTES = 8 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Connection below;
  private final SSLEngine engine;
  private final int recordLimitBytes;
  private final Runnable onRelief;

  // Under the lock of this object, which is held until the records are with the connection below:
  // no other thread may come between the numbering and the queue.
  private @Nullable Thread caller;
  private @Nullable TlsBuffers buffers;
  private @Nullable ByteBuffer gathered;
  private boolean ended;
  private @Nullable RecordStream stream;

  /**
   * The writer of a connection.
   *
   * @param onRelief told when what waits in plain behind a file has become little
   */
  RecordWriter(Connection below, SSLEngine engine, Runnable onRelief) {
    this.onRelief = onRelief;
    this.below = below;
    this.engine = engine;
    this.recordLimitBytes = engine.getSession().getPacketBufferSize();
  }

  /** From now on this thread's small messages are gathered. */
  synchronized void beginCall(TlsBuffers lent) {
    caller = Thread.currentThread();
    buffers = lent;
    gathered = null;
  }

  synchronized void endCall() {
    boolean _ = sendGathered();
    caller = null;
    buffers = null;
  }

  /** What was gathered becomes a record now. */
  synchronized void flush() {
    sendGathered();
  }

  /** Makes records of all of it. */
  synchronized boolean send(ByteBuffer bytes) {
    if (ended || !below.isOpen()) {
      return false;
    }
    RecordStream behindFile = stream;
    if (behindFile != null) {
      return behindFile.add(bytes);
    }
    TlsBuffers lent = buffers;
    if (lent != null && Thread.currentThread().equals(caller) && gather(bytes, lent)) {
      return true;
    }
    return sendGathered() && encrypt(bytes);
  }

  /** Makes records of the file as the peer takes them. */
  synchronized boolean send(FileRegion region) throws IOException {
    OutgoingConnection taker = below.below(OutgoingConnection.class);
    if (ended || !below.isOpen() || taker == null) {
      return false;
    }
    RecordStream known = stream;
    if (known != null) {
      return known.add(region);
    }
    RecordStream begun = new RecordStream(this, taker, below.outboxLimits(), onRelief);
    if (!begun.add(region)) {
      return false;
    }
    if (!sendGathered() || !taker.send(begun)) {
      begun.close();
      return false;
    }
    stream = begun;
    return true;
  }

  /** The records that come next; null when there is nothing more, and the stream is over. */
  synchronized @Nullable ByteBuffer next(RecordStream of) throws IOException {
    ByteBuffer spoken = of.pollSpoken();
    if (spoken != null) {
      return spoken;
    }
    TlsBuffers lent = borrow();
    try {
      ByteBuffer records = lent.records();
      boolean open = encryptFrom(of, lent, records);
      if (records.position() == 0 && open && ended) {
        engine.closeOutbound();
        sayAll(records);
      }
      ByteBuffer made = of.made().clear().put(records.flip()).flip();
      if (!made.hasRemaining()) {
        of.close();
        stream = null;
        return null;
      }
      return made;
    } finally {
      giveBack(lent);
    }
  }

  /** As many as fit; false when the engine makes none any more. */
  private boolean encryptFrom(RecordStream of, TlsBuffers lent, ByteBuffer records)
      throws IOException {
    while (records.remaining() >= recordLimitBytes) {
      ByteBuffer plain = of.nextPlain(lent.gathered());
      if (plain == null) {
        return true;
      }
      int before = plain.remaining();
      SSLEngineResult result = engine.wrap(plain, records);
      of.plainTaken(before - plain.remaining());
      if (result.getStatus() != Status.OK || result.bytesProduced() == 0) {
        return false; // ended: the peer's close_notify ends both sides in TLS 1.2
      }
    }
    return true;
  }

  private boolean gather(ByteBuffer bytes, TlsBuffers lent) {
    int size = bytes.remaining();
    if (size > SMALL_BYTES) {
      return false;
    }
    ByteBuffer together = gathered;
    if (together == null) {
      together = lent.gathered();
      gathered = together;
    } else if (together.remaining() < size) {
      sendGathered();
      together = lent.gathered();
      gathered = together;
    }
    together.put(bytes);
    return true;
  }

  private boolean sendGathered() {
    ByteBuffer together = gathered;
    if (together == null) {
      return true;
    }
    gathered = null;
    return encrypt(together.flip());
  }

  private boolean encrypt(ByteBuffer bytes) {
    TlsBuffers lent = borrow();
    try {
      ByteBuffer records = lent.records();
      while (bytes.hasRemaining()) {
        if (records.remaining() < recordLimitBytes) {
          if (!hand(records, lent)) {
            return false;
          }
          records.clear();
        }
        SSLEngineResult result = engine.wrap(bytes, records);
        if (result.getStatus() != Status.OK || result.bytesProduced() == 0) {
          return false; // ended: the peer's close_notify ends both sides in TLS 1.2
        }
      }
      return hand(records, lent);
    } catch (SSLException e) {
      below.close(new CloseReason(CloseReason.Kind.IO_ERROR, "TLS: " + e.getMessage(), e));
      return false;
    } finally {
      giveBack(lent);
    }
  }

  /**
   * One message of the handshake, an alert, or whatever else the engine has to say.
   *
   * @return what came of it
   */
  synchronized SSLEngineResult speak() throws SSLException {
    sendGathered();
    TlsBuffers lent = borrow();
    try {
      ByteBuffer records = lent.records();
      SSLEngineResult result = engine.wrap(NOTHING, records);
      hand(records, lent);
      return result;
    } finally {
      giveBack(lent);
    }
  }

  /** Says that nothing more will come (close_notify). */
  synchronized void end() {
    if (ended) {
      return;
    }
    sendGathered();
    ended = true;
    if (stream == null) {
      engine.closeOutbound();
      sayLast();
    }
  }

  /** What the engine still has to say, such as the alert that names what was wrong. */
  synchronized void sayLast() {
    ended = true;
    TlsBuffers lent = borrow();
    try {
      ByteBuffer records = lent.records();
      sayAll(records);
      hand(records, lent);
    } catch (SSLException e) {
      // There is nobody left to tell.
    } finally {
      giveBack(lent);
    }
  }

  private void sayAll(ByteBuffer records) throws SSLException {
    while (!engine.isOutboundDone()
        && engine.wrap(NOTHING, records).bytesProduced() > 0
        && records.remaining() >= recordLimitBytes) {
      // More than one: an alert follows what was on its way.
    }
  }

  /** Whether too much waits in plain. */
  synchronized boolean isFull() {
    RecordStream behindFile = stream;
    return behindFile != null && behindFile.isFull();
  }

  /** What waits in plain. */
  synchronized long waitingBytes() {
    RecordStream behindFile = stream;
    return behindFile == null ? 0 : behindFile.waitingBytes();
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** What was lent for the call, if this is within it. */
  private TlsBuffers borrow() {
    TlsBuffers ofCall = buffers;
    return ofCall != null && Thread.currentThread().equals(caller) ? ofCall : TlsBuffers.borrow();
  }

  private void giveBack(TlsBuffers lent) {
    if (!lent.equals(buffers)) {
      lent.giveBack();
    }
  }

  private boolean hand(ByteBuffer records, TlsBuffers lent) {
    records.flip();
    if (!records.hasRemaining()) {
      return true;
    }
    RecordStream behindFile = stream;
    if (behindFile != null) {
      return behindFile.addSpoken(records);
    }
    if (records.remaining() < DIRECT_FROM_BYTES) {
      return below.send(records);
    }
    return below.send(lent.outgoing().put(records).flip());
  }
}
