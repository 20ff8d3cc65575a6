package fivefold.net.framing;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.Fanout;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection that knows whether its reading is paused, and tells when it shall go on. */
final class PausableConnection implements Fanout.Passing {

  /** A step in the connection's own order; it may throw, as a handler may. */
  interface Step {
    void run() throws Exception;
  }

  private final Connection inner;
  private final Step onResume;
  private volatile boolean paused;

  PausableConnection(Connection inner, Step onResume) {
    this.inner = inner;
    this.onResume = onResume;
  }

  @Override
  public Connection inner() {
    return inner;
  }

  boolean isPaused() {
    return paused;
  }

  @Override
  public void pauseReading() {
    paused = true;
    inner.pauseReading();
  }

  @Override
  public void resumeReading() {
    paused = false;
    inner.execute(this::runOnResume);
  }

  private void runOnResume() {
    try {
      onResume.run();
    } catch (Exception e) {
      throw PausableConnection.<RuntimeException>undeclared(e);
    }
  }

  /** A task that throws counts as the handler throwing; {@code Runnable} only cannot say so. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E undeclared(Exception e) throws E {
    throw (E) e;
  }

  /** When nothing is held back any more. */
  void resumeReceiving() {
    inner.resumeReading();
    if (paused) {
      // Someone paused in between, and was overtaken.
      inner.pauseReading();
    }
  }

  @Override
  public long id() {
    return inner.id();
  }

  @Override
  public SocketAddress remoteAddress() {
    return inner.remoteAddress();
  }

  @Override
  public SocketAddress localAddress() {
    return inner.localAddress();
  }

  @Override
  public boolean isOpen() {
    return inner.isOpen();
  }

  @Override
  public boolean send(ByteBuffer bytes) {
    return inner.send(bytes);
  }

  @Override
  public boolean send(Message message) {
    return inner.send(message);
  }

  @Override
  public boolean send(FileRegion region) throws IOException {
    return inner.send(region);
  }

  @Override
  public boolean isWritable() {
    return inner.isWritable();
  }

  @Override
  public OutboxLimits outboxLimits() {
    return inner.outboxLimits();
  }

  @Override
  public long outboxBytes() {
    return inner.outboxBytes();
  }

  @Override
  public void shutdownOutput() {
    inner.shutdownOutput();
  }

  @Override
  public void close() {
    inner.close();
  }

  @Override
  public void close(CloseReason reason) {
    inner.close(reason);
  }

  @Override
  public void abort() {
    inner.abort();
  }

  @Override
  public void execute(Runnable task) {
    inner.execute(task);
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    inner.schedule(delay, task);
  }

  @Override
  public <T> @Nullable T below(Class<T> kind) {
    return inner.below(kind);
  }

  @Override
  public @Nullable Object attachment() {
    return inner.attachment();
  }

  @Override
  public void attach(@Nullable Object attachment) {
    inner.attach(attachment);
  }

  @Override
  public String toString() {
    return inner.toString();
  }
}
