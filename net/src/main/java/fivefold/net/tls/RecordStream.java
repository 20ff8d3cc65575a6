package fivefold.net.tls;

import fivefold.net.FileRegion;
import fivefold.net.OutboxLimits;
import fivefold.net.loop.ChannelFile;
import fivefold.net.loop.FileSending;
import fivefold.net.loop.Outbox;
import fivefold.net.loop.Outgoing;
import fivefold.net.loop.OutgoingConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * From a file to the moment when nothing waits behind it: records are made only as the peer takes
 * them, and since they are numbered, what is sent meanwhile waits here as well, in plain. To the
 * connection below it is one message.
 */
final class RecordStream implements Outgoing {
  /** What the engine says on its own while a file is under way; answers to a peer's demands. */
  private static final int SPOKEN_LIMIT_BYTES = 64 * 1024;

  private final RecordWriter writer;
  private final OutgoingConnection below;
  private final Runnable onRelief;
  private final Outbox plain;
  private final ByteBuffer made = ByteBuffer.allocateDirect(TlsBuffers.BYTES).limit(0);
  private final Queue<Outgoing> moved = new ConcurrentLinkedQueue<>();

  // Under the writer's lock: records that are numbered before the next that is made.
  private final ArrayDeque<ByteBuffer> spoken = new ArrayDeque<>();
  private int spokenBytes;

  // Whoever writes to the socket.
  private @Nullable ByteBuffer current;
  private boolean over;

  RecordStream(
      RecordWriter writer, OutgoingConnection below, OutboxLimits limits, Runnable onRelief) {
    this.writer = writer;
    this.below = below;
    this.onRelief = onRelief;
    this.plain = new Outbox(limits);
  }

  // ---- what is sent, under the writer's lock

  boolean add(FileRegion region) throws IOException {
    FileSending file = FileSending.open(region, ChannelFile::open);
    boolean taken = accepted(plain.offer(file, System.nanoTime()));
    if (!taken) {
      file.close();
    }
    return taken;
  }

  boolean add(ByteBuffer bytes) {
    return !bytes.hasRemaining() || accepted(plain.offer(bytes, System.nanoTime()));
  }

  private boolean accepted(Outbox.Offer offer) {
    if (offer == Outbox.Offer.DISCONNECT) {
      below.layerIsFull();
    }
    return offer == Outbox.Offer.ACCEPTED;
  }

  /** Records that the engine has made by itself. */
  boolean addSpoken(ByteBuffer records) {
    spokenBytes += records.remaining();
    if (spokenBytes > SPOKEN_LIMIT_BYTES) {
      below.layerIsFull();
      return false;
    }
    spoken.add(ByteBuffer.allocateDirect(records.remaining()).put(records).flip());
    return true;
  }

  boolean isFull() {
    return plain.isFull();
  }

  long waitingBytes() {
    return plain.waitingBytes();
  }

  // ---- what is taken

  @Override
  public boolean isOver() throws IOException {
    ByteBuffer records = current;
    if (over || (records != null && records.hasRemaining())) {
      return over;
    }
    current = writer.next(this);
    // From now on it is not asked again: the writer may have begun another.
    over = current == null;
    if (plain.takeRelief()) {
      onRelief.run();
    }
    return over;
  }

  @Override
  public ByteBuffer piece() throws IOException {
    ByteBuffer records = current;
    if (records == null) {
      throw new IOException("asked for records after the last");
    }
    return records;
  }

  /** Under the writer's lock. */
  @Nullable ByteBuffer pollSpoken() {
    ByteBuffer records = spoken.poll();
    if (records != null) {
      spokenBytes -= records.remaining();
    }
    return records;
  }

  /**
   * What is to be encrypted next, or null. Under the writer's lock; what was taken is to be said by
   * {@link #plainTaken}.
   *
   * @param gather overwritten
   */
  @Nullable ByteBuffer nextPlain(ByteBuffer gather) throws IOException {
    while (!plain.isEmpty()) {
      Outgoing file = plain.beginOutgoing();
      if (file == null) {
        return plain.next(gather);
      }
      if (!file.isOver()) {
        return file.piece();
      }
      moved.add(file);
      plain.endOutgoing();
    }
    return null;
  }

  void plainTaken(int bytes) {
    Outgoing file = plain.beginOutgoing();
    if (file == null) {
      plain.sent(bytes);
    } else {
      file.sent(bytes);
      moved.add(file);
    }
  }

  /** Where the records go. */
  ByteBuffer made() {
    return made;
  }

  @Override
  public void sent(int bytes) {
    // The records are let go of when they have been read to their end.
  }

  @Override
  public void tellProgress() throws Exception {
    for (Outgoing file = moved.poll(); file != null; file = moved.poll()) {
      file.tellProgress();
    }
  }

  @Override
  public void close() {
    plain.clear();
  }
}
