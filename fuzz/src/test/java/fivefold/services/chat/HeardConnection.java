package fivefold.services.chat;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A connection without a network: keeps what is sent. Thread-safe. */
final class HeardConnection implements Connection {
  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final SocketAddress address =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1 + (int) (id % 60_000));
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private boolean open = true;
  private Object attachment;

  synchronized byte[] takeHeard() {
    byte[] all = heard.toByteArray();
    heard.reset();
    return all;
  }

  @Override
  public synchronized boolean send(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      heard.write(bytes.get());
    }
    return open;
  }

  @Override
  public boolean send(Message message) {
    return send(message.view());
  }

  @Override
  public boolean send(FileRegion region) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public SocketAddress remoteAddress() {
    return address;
  }

  @Override
  public SocketAddress localAddress() {
    return address;
  }

  @Override
  public synchronized boolean isOpen() {
    return open;
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
  public synchronized void close() {
    open = false;
  }

  @Override
  public void close(CloseReason reason) {
    close();
  }

  @Override
  public void abort() {
    close();
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  /** No time passes here. */
  @Override
  public void schedule(Duration delay, Runnable task) {}

  @Override
  public synchronized Object attachment() {
    return attachment;
  }

  @Override
  public synchronized void attach(Object wanted) {
    attachment = wanted;
  }
}
