package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.net.SlowConsumerPolicy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A connection's bounded outgoing queue: what the kernel did not take yet, as whole messages in the
 * order they were sent. Thread-safe; the driver alone takes out, and only one thread at a time.
 */
public final class Outbox {

  /** What became of an offered message. */
  public enum Offer {
    ACCEPTED,
    /** The policy dropped it. */
    REFUSED,
    /** The policy is to disconnect. */
    DISCONNECT
  }

  /** Below this a message is copied next to its neighbours, so that many leave as one call. */
  private static final int GATHER_LIMIT_BYTES = 8 * 1024;

  /** What a message that is not in memory counts for: the reading of it is bounded elsewhere. */
  private static final int OUTGOING_BYTES = 4 * 1024;

  private final OutboxLimits limits;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>(4);
  private long waitingBytes;
  private boolean full;
  private long droppedMessages;
  private boolean cleared;

  // What waits behind a long message grows no older while that moves.
  private long outgoingMovedNanos;
  private boolean outgoingMoved;

  // Messages at the head that the driver is sending at this moment: those stay where they are, and
  // to DROP_OLDEST they are gone already, lest a new message find nothing older to push out.
  private int flying;
  private long flyingBytes;

  // The connection's own, only on its strand: here, since most connections have no outbox.
  @Nullable Timer ageTimer;

  public Outbox(OutboxLimits limits) {
    this.limits = limits;
  }

  /** Why a connection is cut whose peer leaves more waiting than is allowed. */
  public static CloseReason overflow(OutboxLimits limits) {
    return CloseReason.of(
        CloseReason.Kind.SLOW_CONSUMER,
        "the outbox is full: more than "
            + limits.limitBytes()
            + " bytes or "
            + limits.limitMessages()
            + " messages");
  }

  /** Why one is cut whose peer leaves something waiting for longer. */
  public static CloseReason expiry(OutboxLimits limits) {
    return CloseReason.of(
        CloseReason.Kind.SLOW_CONSUMER,
        "a message waited longer than " + limits.limitAge().toMillis() + " ms");
  }

  /** A message that waits: its own copy of the bytes, or a shared one. */
  private static final class Waiting {
    final byte @Nullable [] bytes;
    final @Nullable Message shared;
    final @Nullable Outgoing outgoing;
    final int size;
    final long sinceNanos;
    int sent;

    /** Half of it may be with the peer already, or its sender was told that it is accepted. */
    boolean mayBeDropped;

    Waiting(byte @Nullable [] bytes, @Nullable Message shared, int size, long sinceNanos) {
      this(bytes, shared, null, size, sinceNanos);
    }

    Waiting(
        byte @Nullable [] bytes,
        @Nullable Message shared,
        @Nullable Outgoing outgoing,
        int size,
        long sinceNanos) {
      this.bytes = bytes;
      this.shared = shared;
      this.outgoing = outgoing;
      this.size = size;
      this.sinceNanos = sinceNanos;
    }

    int remaining() {
      return size - sent;
    }

    void close() {
      if (outgoing != null) {
        outgoing.close();
      }
    }

    ByteBuffer view() {
      ByteBuffer view = shared != null ? shared.view() : ByteBuffer.wrap(bytesOrNone());
      return view.position(sent);
    }

    private byte[] bytesOrNone() {
      return bytes == null ? new byte[0] : bytes;
    }
  }

  /** Whether a message of this size would be taken without asking the policy. */
  public synchronized boolean hasRoom(int size) {
    return fits(size);
  }

  /**
   * Offers a copy of what remains in the buffer, which is read to its end when accepted. Nothing
   * does not wait: at the head it would never be sent.
   */
  public Offer offer(ByteBuffer source, long nowNanos) {
    int size = source.remaining();
    if (size == 0) {
      return Offer.ACCEPTED;
    }
    synchronized (this) {
      Offer room = makeRoom(size);
      if (room == Offer.ACCEPTED) {
        add(new Waiting(copy(source), null, size, nowNanos));
      }
      return room;
    }
  }

  /** Offers a shared message. */
  public Offer offer(Message message, long nowNanos) {
    if (message.size() == 0) {
      return Offer.ACCEPTED;
    }
    synchronized (this) {
      Offer room = makeRoom(message.size());
      if (room == Offer.ACCEPTED) {
        add(new Waiting(null, message, message.size(), nowNanos));
      }
      return room;
    }
  }

  /**
   * Offers what is not in memory. It counts as one message and as little in bytes, however long it
   * is; when not accepted, the caller closes it.
   */
  public Offer offer(Outgoing outgoing, long nowNanos) {
    int size = Math.min(OUTGOING_BYTES, limits.highWatermarkBytes());
    synchronized (this) {
      if (cleared) {
        return Offer.REFUSED;
      }
      Offer room = makeRoom(size);
      if (room == Offer.ACCEPTED) {
        add(new Waiting(null, null, outgoing, size, nowNanos));
      }
      return room;
    }
  }

  /** The head, if it is not in memory; from now on no policy drops it. */
  public synchronized @Nullable Outgoing beginOutgoing() {
    Waiting head = queue.peekFirst();
    if (head == null || head.outgoing == null) {
      return null;
    }
    head.mayBeDropped = false;
    return head.outgoing;
  }

  /** Part of the head has been sent: what waits is not too old. */
  public synchronized void outgoingMoved(long nowNanos) {
    outgoingMoved = true;
    outgoingMovedNanos = nowNanos;
  }

  /** The head, which is not in memory, has been sent. */
  public synchronized void endOutgoing() {
    if (cleared) {
      return;
    }
    Waiting over = queue.removeFirst();
    waitingBytes -= over.size;
    over.close();
  }

  /**
   * Keeps the rest of what was accepted before and passed by the queue; ahead of what other threads
   * have offered meanwhile, since its beginning may have been sent. No limit is asked and no policy
   * drops it.
   *
   * @param sendingBytes the first of them, which the driver is sending; what became of these is to
   *     be reported by {@link #sent}
   */
  public synchronized void keep(ByteBuffer rest, long nowNanos, int sendingBytes) {
    int size = rest.remaining();
    queue.addFirst(new Waiting(copy(rest), null, size, nowNanos));
    waitingBytes += size;
    noteIfFull();
    fly(sendingBytes);
  }

  /**
   * The same for a shared message of which the kernel has taken so many bytes; nothing is copied.
   */
  public synchronized void keep(Message message, int takenBytes, long nowNanos) {
    Waiting rest = new Waiting(null, message, message.size(), nowNanos);
    rest.sent = takenBytes;
    queue.addFirst(rest);
    waitingBytes += rest.remaining();
    noteIfFull();
  }

  /** Takes back what was sent as if the kernel had it: it goes first again. */
  public synchronized void putBack(ByteBuffer rest, long nowNanos) {
    int size = rest.remaining();
    queue.addFirst(new Waiting(copy(rest), null, size, nowNanos));
    waitingBytes += size;
    if (limits.policy() == SlowConsumerPolicy.DROP_OLDEST) {
      dropBeyondLimits();
    }
    noteIfFull();
  }

  private static byte[] copy(ByteBuffer source) {
    byte[] copy = new byte[source.remaining()];
    source.get(copy);
    return copy;
  }

  private void add(Waiting waiting) {
    waiting.mayBeDropped = true;
    queue.addLast(waiting);
    waitingBytes += waiting.size;
    noteIfFull();
  }

  private void noteIfFull() {
    if (waitingBytes > limits.highWatermarkBytes()
        || queue.size() > limits.highWatermarkMessages()) {
      full = true;
    }
  }

  private Offer makeRoom(int size) {
    if (fits(size)) {
      return Offer.ACCEPTED;
    }
    if (limits.policy() == SlowConsumerPolicy.DISCONNECT) {
      return Offer.DISCONNECT;
    }
    if (limits.policy() == SlowConsumerPolicy.DROP_OLDEST && canDropFor(size)) {
      dropOldest(size);
      return Offer.ACCEPTED;
    }
    droppedMessages++;
    return Offer.REFUSED;
  }

  /** Whether dropping helps; if not, what waits need not be lost together with the new one. */
  private boolean canDropFor(int size) {
    long stayingBytes = 0;
    int staying = 0;
    int place = 0;
    for (Waiting each : queue) {
      if (place++ >= flying && !mayBeDropped(each)) {
        stayingBytes += each.remaining();
        staying++;
      }
    }
    return stayingBytes + size <= limits.limitBytes() && staying < limits.limitMessages();
  }

  private static boolean mayBeDropped(Waiting waiting) {
    return waiting.mayBeDropped && waiting.sent == 0;
  }

  /** Until there is room for so many bytes. */
  private void dropOldest(int size) {
    int place = 0;
    for (Iterator<Waiting> each = queue.iterator();
        each.hasNext() && !fitsBehindFlying(size);
        place++) {
      Waiting oldest = each.next();
      if (place >= flying && mayBeDropped(oldest)) {
        each.remove();
        oldest.close();
        waitingBytes -= oldest.size;
        droppedMessages++;
      }
    }
  }

  private boolean fits(int size) {
    return waitingBytes + size <= limits.limitBytes() && queue.size() < limits.limitMessages();
  }

  private boolean fitsBehindFlying(int size) {
    return waitingBytes - flyingBytes + size <= limits.limitBytes()
        && queue.size() - flying < limits.limitMessages();
  }

  /**
   * What to send next: the head where it is large and direct, else as many as fit, copied together.
   *
   * @param gather the driver's own buffer; overwritten
   * @return bytes from position to limit, or null when nothing waits or {@link #beginOutgoing} is
   *     to be asked; what the kernel took, be it nothing, is to be reported by {@link #sent}
   */
  public synchronized @Nullable ByteBuffer next(ByteBuffer gather) {
    Waiting head = queue.peekFirst();
    if (head == null || head.outgoing != null) {
      return null;
    }
    if (head.shared != null && (head.remaining() >= GATHER_LIMIT_BYTES || queue.size() == 1)) {
      flying = 1;
      flyingBytes = head.remaining();
      return head.view();
    }
    gather.clear();
    for (Waiting each : queue) {
      if (each.outgoing != null) {
        break;
      }
      flying++;
      flyingBytes += each.remaining();
      ByteBuffer view = each.view();
      if (view.remaining() > gather.remaining()) {
        view.limit(view.position() + gather.remaining());
        gather.put(view);
        break;
      }
      gather.put(view);
    }
    return gather.flip();
  }

  /** The kernel took so many bytes of what {@link #next} returned. */
  public void sent(int bytes) {
    sent(bytes, 0);
  }

  /** The same, and the driver is sending so many more, which are to be reported again. */
  public synchronized void sent(int bytes, int sendingBytes) {
    if (flying == 0) {
      // Cleared meanwhile by whoever closed the connection.
      return;
    }
    flying = 0;
    flyingBytes = 0;
    remove(bytes);
    fly(sendingBytes);
    if (limits.policy() == SlowConsumerPolicy.DROP_OLDEST) {
      // What the kernel did not take waits again, and what came meanwhile with it.
      dropBeyondLimits();
    }
  }

  private void fly(int bytes) {
    for (Waiting each : queue) {
      if (flyingBytes >= bytes) {
        return;
      }
      flying++;
      flyingBytes += each.remaining();
    }
  }

  private void remove(int bytes) {
    waitingBytes -= bytes;
    int left = bytes;
    while (left > 0) {
      Waiting head = queue.getFirst();
      int taken = Math.min(left, head.remaining());
      head.sent += taken;
      left -= taken;
      if (head.remaining() == 0) {
        queue.removeFirst();
      }
    }
  }

  private void dropBeyondLimits() {
    int place = 0;
    for (Iterator<Waiting> each = queue.iterator();
        each.hasNext()
            && (waitingBytes - flyingBytes > limits.limitBytes()
                || queue.size() - flying > limits.limitMessages());
        place++) {
      Waiting oldest = each.next();
      if (place >= flying && mayBeDropped(oldest)) {
        each.remove();
        oldest.close();
        waitingBytes -= oldest.size;
        droppedMessages++;
      }
    }
  }

  /** Messages dropped since the last call. */
  public synchronized long takeDropped() {
    long dropped = droppedMessages;
    droppedMessages = 0;
    return dropped;
  }

  public synchronized boolean isEmpty() {
    return queue.isEmpty();
  }

  public synchronized long waitingBytes() {
    return waitingBytes;
  }

  /** Above the high watermark, and not yet down at the low one. */
  public synchronized boolean isFull() {
    return full;
  }

  /** More is on its way here than it has room for. */
  public synchronized void beFull() {
    full = true;
  }

  /** True once, when it has come down to its low watermark after having been full. */
  public synchronized boolean takeRelief() {
    if (full
        && waitingBytes <= limits.lowWatermarkBytes()
        && queue.size() <= limits.lowWatermarkMessages()) {
      full = false;
      return true;
    }
    return false;
  }

  /** When the oldest message reaches the age limit; {@link Long#MAX_VALUE} when nothing waits. */
  public synchronized long expiresAtNanos() {
    Waiting head = queue.peekFirst();
    if (head == null) {
      return Long.MAX_VALUE;
    }
    boolean movedSince = outgoingMoved && outgoingMovedNanos - head.sinceNanos > 0;
    return (movedSince ? outgoingMovedNanos : head.sinceNanos) + limits.limitAge().toNanos();
  }

  /** Whether the oldest message has reached the age limit. */
  public boolean isExpired(long nowNanos) {
    long atNanos = expiresAtNanos();
    return atNanos != Long.MAX_VALUE && atNanos - nowNanos <= 0;
  }

  /** Drops everything; the connection is gone. */
  public synchronized long clear() {
    long lost = waitingBytes;
    cleared = true;
    queue.forEach(Waiting::close);
    queue.clear();
    flying = 0;
    flyingBytes = 0;
    waitingBytes = 0;
    return lost;
  }
}
