package fivefold.net.asynchronous;

import fivefold.net.loop.RemoteAddress;
import fivefold.net.loop.StreamConnection;
import fivefold.net.loop.StreamServing;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A connection on NIO.2: one read in flight while input is wanted, and at most one write.
 *
 * <p>An {@link AsynchronousSocketChannel} knows no SO_LINGER, so an abort is an ordinary close
 * here: the peer is sent what the kernel has, then the end, and a reset only if bytes of its own
 * were left unread.
 */
final class AioConnection extends StreamConnection {
  private static final long LINGER_BYTES = 1 << 20;
  private static final long LINGER_NANOS = 1_000_000_000;

  /**
   * shutdown(SHUT_RD) on Linux ends a read in flight with what has arrived, or with the end if
   * nothing has. BSD throws away what has arrived, and Windows resets the connection.
   */
  private static final boolean CAN_END_READS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

  /** Where it cannot: how long a read may take to tell of bytes that have arrived. */
  private static final long ARRIVED_NANOS = 20_000_000;

  /** How long a write that is over may take to say so; longer, and it is not over. */
  private static final long WRITE_TELLS_NANOS = 100_000_000;

  /** Nothing is {@link #held}. */
  private static final int NONE = -1;

  private final AioStrand strand;
  private final AsynchronousSocketChannel channel;
  private final Consumer<AioConnection> onFinished;
  private final AioReader reader;
  private final AioWriter writer;

  /** Bytes of a read that was over while reading was paused; 0 for the end. */
  private int held = NONE;

  private boolean readsEnded;

  /** The last read left nothing, and nothing has arrived since as far as we know. */
  private boolean readAll;

  private boolean lingering;
  private long lingeredBytes;

  AioConnection(
      StreamServing serving,
      AioStrand strand,
      AsynchronousSocketChannel channel,
      SocketAddress remote,
      SpareBuffers spares,
      Consumer<AioConnection> onFinished) {
    super(serving, strand, RemoteAddress.of(remote));
    this.strand = strand;
    this.channel = channel;
    this.onFinished = onFinished;
    this.reader = new AioReader(strand, channel, spares, this::readOver);
    this.writer = new AioWriter(strand, channel, spares, this::writeOver);
  }

  /** On one of the server's threads. */
  void open() {
    strand.complete(this::begin);
  }

  // ---- receiving

  @Override
  protected void update() {
    if (wantsInput() && held == NONE && !readsEnded && !reader.isReading()) {
      reader.start();
    }
  }

  private void readOver() {
    int count = reader.over();
    if (isEnded()) {
      return;
    }
    readAll = reader.tookAll();
    if (lingering) {
      lingered(count);
      return;
    }
    beginTurn();
    if (count < 0) {
      broken(count);
    } else if (count == 0 && writer.inFlightBytes() > 0) {
      holdEnd();
    } else if (wantsInput()) {
      take(count);
    } else {
      held = count;
    }
    endTurn();
    if (readsEnded) {
      requestDrain();
    } else {
      readAll = false;
    }
  }

  /**
   * Of a reset, the first call to the kernel hears as an error, and the next one as an end. The JDK
   * makes the write's first but tells the read's first, so an end waits for what the write says.
   */
  private void holdEnd() {
    held = 0;
    strand.schedule(WRITE_TELLS_NANOS, this::takeHeld);
  }

  private void take(int count) {
    if (count > 0) {
      deliver(reader.data());
    } else if (!readsEnded) {
      inputEnd();
    }
  }

  /** In pieces that an outbox which was made small can hold the answer to. */
  private void deliver(ByteBuffer bytes) {
    int end = bytes.limit();
    int limitBytes = readLimitBytes(bytes.capacity());
    while (bytes.position() < end) {
      if (!wantsInput()) {
        held = end - bytes.position();
        bytes.compact();
        return;
      }
      int next = Math.min(end, bytes.position() + limitBytes);
      received(bytes.limit(next));
      bytes.limit(end).position(next);
    }
  }

  @Override
  protected void resumed() {
    if (held != NONE) {
      strand.execute(this::takeHeld);
    }
  }

  private void takeHeld() {
    if (!isEnded()) {
      beginTurn();
      drainInput();
      endTurn();
    }
  }

  @Override
  protected void drainInput() {
    if (held != NONE && wantsInput()) {
      int count = held;
      held = NONE;
      take(count);
    }
  }

  // ---- sending

  @Override
  protected int transmit(ByteBuffer bytes) {
    return writer.write(bytes);
  }

  @Override
  protected int inFlightBytes() {
    return writer.inFlightBytes();
  }

  @Override
  protected boolean sparesCalls() {
    return AioThread.current().isNearLimit();
  }

  private void writeOver() {
    int outcome = writer.over();
    if (isEnded()) {
      return;
    }
    beginTurn();
    if (outcome < 0) {
      broken(outcome);
    } else {
      inFlightSent(outcome);
      drainInput();
    }
    endTurn();
  }

  // ---- closing

  /** The server stops: what has arrived is handled first, also what a read has not told yet. */
  void drain() {
    strand.execute(() -> {
      if (isEnded() || !wantsInput() || !reader.isReading()) {
        requestDrain();
      } else if (CAN_END_READS) {
        endReads();
      } else {
        strand.schedule(ARRIVED_NANOS, this::requestDrain);
      }
    });
  }

  /** A read in flight tells what has arrived, at once. */
  private void endReads() {
    readsEnded = true;
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      // It is broken; the read says so.
    }
  }

  @Override
  protected void endOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      // It is broken; the read says so.
    }
  }

  @Override
  protected void finish() {
    boolean nothingUnread = isInputEnded() || readAll || (reader.isReading() && !CAN_END_READS);
    if (isAborting() || nothingUnread) {
      release();
    } else if (!lingering) {
      linger();
    }
  }

  /**
   * See ReadinessConnection: a close with unread input would reset the connection. There is no
   * asking here whether there is any, so a read must tell.
   */
  private void linger() {
    lingering = true;
    held = NONE;
    endOutput();
    strand.schedule(LINGER_NANOS, this::release);
    if (!readsEnded) {
      if (!reader.isReading()) {
        reader.start();
      }
      if (CAN_END_READS) {
        endReads();
      }
    }
  }

  private void lingered(int count) {
    lingeredBytes += Math.max(0, count);
    if (readAll || lingeredBytes > LINGER_BYTES) {
      release();
    } else if (!readsEnded) {
      reader.start();
    }
    // Else there may be more, which the channel reads no more: the peer has the rest of the second
    // to take what it was sent.
  }

  private void release() {
    if (isEnded()) {
      return;
    }
    socketGoes();
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone all the same (close(2)).
    }
    reader.close();
    ended();
    onFinished.accept(this);
  }

  @Override
  protected SocketAddress askLocalAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      return serving().options().address();
    }
  }
}
