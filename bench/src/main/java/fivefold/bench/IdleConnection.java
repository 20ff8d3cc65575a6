package fivefold.bench;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection without a socket: it takes everything and does nothing. */
final class IdleConnection implements Connection {
  private static final SocketAddress NOWHERE = InetSocketAddress.createUnresolved("nowhere", 1);

  private @Nullable Object attachment;

  @Override
  public long id() {
    return 1;
  }

  @Override
  public SocketAddress remoteAddress() {
    return NOWHERE;
  }

  @Override
  public SocketAddress localAddress() {
    return NOWHERE;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean send(ByteBuffer bytes) {
    bytes.position(bytes.limit());
    return true;
  }

  @Override
  public boolean send(FileRegion region) {
    return false;
  }

  @Override
  public boolean send(Message message) {
    return true;
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public long outboxBytes() {
    return 0;
  }

  @Override
  public void pauseReading() {}

  @Override
  public void resumeReading() {}

  @Override
  public void shutdownOutput() {}

  @Override
  public void close() {}

  @Override
  public void close(CloseReason reason) {}

  @Override
  public void abort() {}

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public void schedule(Duration delay, Runnable task) {}

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void attach(@Nullable Object object) {
    attachment = object;
  }
}
