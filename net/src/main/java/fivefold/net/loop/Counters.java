package fivefold.net.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts of one thread: written by it without a lock or a fence, read by others a little late. The
 * writes are opaque (no tearing, no reordering by the compiler into nothing), which costs as much
 * as a plain field.
 */
public final class Counters {
  private static final VarHandle RECEIVED_BYTES = handle("receivedBytes");
  private static final VarHandle SENT_BYTES = handle("sentBytes");
  private static final VarHandle RECEIVED_DATAGRAMS = handle("receivedDatagrams");
  private static final VarHandle SENT_DATAGRAMS = handle("sentDatagrams");
  private static final VarHandle DROPPED = handle("dropped");

  private long receivedBytes;
  private long sentBytes;
  private long receivedDatagrams;
  private long sentDatagrams;
  private long dropped;

  private static VarHandle handle(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(Counters.class, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  public void received(int bytes) {
    RECEIVED_BYTES.setOpaque(this, receivedBytes + bytes);
  }

  public void sent(int bytes) {
    SENT_BYTES.setOpaque(this, sentBytes + bytes);
  }

  public void receivedDatagram(int bytes) {
    received(bytes);
    RECEIVED_DATAGRAMS.setOpaque(this, receivedDatagrams + 1);
  }

  public void sentDatagram(int bytes) {
    sent(bytes);
    SENT_DATAGRAMS.setOpaque(this, sentDatagrams + 1);
  }

  public void dropped(long messages) {
    DROPPED.setOpaque(this, dropped + messages);
  }

  /** Adds the counts of another; by one thread at a time, as all that writes. */
  public void add(Counters other) {
    RECEIVED_BYTES.setOpaque(this, receivedBytes + other.receivedBytes());
    SENT_BYTES.setOpaque(this, sentBytes + other.sentBytes());
    RECEIVED_DATAGRAMS.setOpaque(this, receivedDatagrams + other.receivedDatagrams());
    SENT_DATAGRAMS.setOpaque(this, sentDatagrams + other.sentDatagrams());
    DROPPED.setOpaque(this, dropped + other.droppedMessages());
  }

  public long receivedBytes() {
    return (long) RECEIVED_BYTES.getOpaque(this);
  }

  public long sentBytes() {
    return (long) SENT_BYTES.getOpaque(this);
  }

  public long receivedDatagrams() {
    return (long) RECEIVED_DATAGRAMS.getOpaque(this);
  }

  public long sentDatagrams() {
    return (long) SENT_DATAGRAMS.getOpaque(this);
  }

  public long droppedMessages() {
    return (long) DROPPED.getOpaque(this);
  }
}
