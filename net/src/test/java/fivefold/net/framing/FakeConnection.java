package fivefold.net.framing;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Feeds a handler by hand: which pieces arrive when is the subject of these tests. */
final class FakeConnection implements Connection {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean open = true;
  private boolean paused;
  private Object attachment;

  void runTasks() {
    for (Runnable task; (task = tasks.poll()) != null; ) {
      task.run();
    }
  }

  boolean isPaused() {
    return paused;
  }

  @Override
  public long id() {
    return 1;
  }

  @Override
  public SocketAddress remoteAddress() {
    return InetSocketAddress.createUnresolved("peer", 1);
  }

  @Override
  public SocketAddress localAddress() {
    return InetSocketAddress.createUnresolved("here", 2);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean send(ByteBuffer bytes) {
    bytes.position(bytes.limit());
    return open;
  }

  @Override
  public boolean send(FileRegion region) {
    return false;
  }

  @Override
  public boolean send(Message message) {
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
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
  }

  @Override
  public void shutdownOutput() {}

  @Override
  public void close() {
    open = false;
  }

  @Override
  public void close(CloseReason reason) {
    open = false;
  }

  @Override
  public void abort() {
    open = false;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object attachment() {
    return attachment;
  }

  @Override
  public void attach(Object object) {
    attachment = object;
  }
}
