package fivefold.net.tls;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
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

  // Under the lock of this object, which is held until the records are with the connection below:
  // no
  // other thread may come between the numbering and the queue.
  private @Nullable Thread caller;
  private @Nullable TlsBuffers buffers;
  private @Nullable ByteBuffer gathered;
  private boolean ended;

  RecordWriter(Connection below, SSLEngine engine) {
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
    TlsBuffers lent = buffers;
    if (lent != null && Thread.currentThread().equals(caller) && gather(bytes, lent)) {
      return true;
    }
    return sendGathered() && encrypt(bytes);
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
    engine.closeOutbound();
    sayLast();
  }

  /** What the engine still has to say, such as the alert that names what was wrong. */
  synchronized void sayLast() {
    ended = true;
    TlsBuffers lent = borrow();
    try {
      ByteBuffer records = lent.records();
      while (!engine.isOutboundDone()
          && engine.wrap(NOTHING, records).bytesProduced() > 0
          && records.remaining() >= recordLimitBytes) {
        // More than one: an alert follows what was on its way.
      }
      hand(records, lent);
    } catch (SSLException e) {
      // There is nobody left to tell.
    } finally {
      giveBack(lent);
    }
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
    if (records.remaining() < DIRECT_FROM_BYTES) {
      return below.send(records);
    }
    return below.send(lent.outgoing().put(records).flip());
  }
}
