package fivefold.net.tls;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** What the handler sees: the socket's connection, but what is sent is encrypted. */
final class TlsConnection implements Connection {

  private final Connection below;
  private final TlsStream stream;
  private final SSLEngine engine;
  private final RecordWriter writer;
  private volatile boolean paused;

  TlsConnection(Connection below, TlsStream stream, SSLEngine engine, RecordWriter writer) {
    this.below = below;
    this.stream = stream;
    this.engine = engine;
    this.writer = writer;
  }

  boolean isPaused() {
    return paused;
  }

  @Override
  public boolean send(ByteBuffer bytes) {
    return writer.send(bytes);
  }

  @Override
  public boolean send(Message message) {
    return writer.send(message.view());
  }

  @Override
  public boolean send(FileRegion region) throws IOException {
    return writer.send(region);
  }

  @Override
  public void shutdownOutput() {
    writer.end();
    // After what was sent: the end of the socket's stream is behind the close_notify.
    below.execute(stream::outputEnded);
  }

  @Override
  public void close() {
    writer.end();
    if (stream.isPeerEnded()) {
      below.close(CloseReason.PEER_CLOSED);
    } else {
      below.close();
    }
  }

  @Override
  public void close(CloseReason reason) {
    writer.end();
    below.close(reason);
  }

  @Override
  public void abort() {
    below.abort();
  }

  @Override
  public void pauseReading() {
    paused = true;
    below.pauseReading();
  }

  @Override
  public void resumeReading() {
    paused = false;
    below.execute(stream::resumed);
  }

  /** When nothing is held back any more. */
  void resumeReceiving() {
    below.resumeReading();
    if (paused) {
      // Someone paused in between, and was overtaken.
      below.pauseReading();
    }
  }

  @Override
  public void execute(Runnable task) {
    below.execute(() -> stream.run(task));
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    below.schedule(delay, () -> stream.run(task));
  }

  @Override
  public <T> @Nullable T below(Class<T> kind) {
    return kind.equals(TlsSession.class) ? kind.cast(TlsSession.of(engine)) : below.below(kind);
  }

  @Override
  public long id() {
    return below.id();
  }

  @Override
  public SocketAddress remoteAddress() {
    return below.remoteAddress();
  }

  @Override
  public SocketAddress localAddress() {
    return below.localAddress();
  }

  @Override
  public boolean isOpen() {
    return below.isOpen();
  }

  @Override
  public boolean isWritable() {
    return below.isWritable() && !writer.isFull();
  }

  @Override
  public OutboxLimits outboxLimits() {
    return below.outboxLimits();
  }

  @Override
  public long outboxBytes() {
    return below.outboxBytes() + writer.waitingBytes();
  }

  @Override
  public @Nullable Object attachment() {
    return below.attachment();
  }

  @Override
  public void attach(@Nullable Object attachment) {
    below.attach(attachment);
  }

  @Override
  public String toString() {
    return below + " by TLS";
  }
}
