package fivefold.net.blocking.process;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.Message;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the server sees it whose handler is in another process: it can be looked at and
 * ended, but nothing can be sent on it from here.
 */
final class ProcessConnection implements Connection {
  private final WorkerProcess process;
  private final long id;
  private final SocketAddress remote;
  private final SocketAddress local;
  private volatile boolean closing;
  private volatile Tally tally = Tally.NONE;
  private volatile @Nullable Object attachment;

  ProcessConnection(WorkerProcess process, long id, SocketAddress remote, SocketAddress local) {
    this.process = process;
    this.id = id;
    this.remote = remote;
    this.local = local;
  }

  /** What the worker has counted so far. */
  void counted(Tally counts) {
    tally = counts;
  }

  Tally tally() {
    return tally;
  }

  void closed() {
    closing = true;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public SocketAddress localAddress() {
    return local;
  }

  @Override
  public boolean isOpen() {
    return !closing;
  }

  @Override
  public long outboxBytes() {
    return tally.waitingBytes();
  }

  /** Asks the process to drain, and so to close. */
  @Override
  public void close() {
    closing = true;
    process.terminate();
  }

  @Override
  public void close(CloseReason reason) {
    close();
  }

  /** Kills the process. */
  @Override
  public void abort() {
    closing = true;
    process.kill();
  }

  @Override
  public boolean isWritable() {
    return false;
  }

  @Override
  public boolean send(ByteBuffer bytes) {
    throw elsewhere();
  }

  @Override
  public boolean send(FileRegion region) {
    throw elsewhere();
  }

  @Override
  public boolean send(Message message) {
    throw elsewhere();
  }

  @Override
  public void pauseReading() {
    throw elsewhere();
  }

  @Override
  public void resumeReading() {
    throw elsewhere();
  }

  @Override
  public void shutdownOutput() {
    throw elsewhere();
  }

  @Override
  public void execute(Runnable task) {
    throw elsewhere();
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    throw elsewhere();
  }

  private UnsupportedOperationException elsewhere() {
    return new UnsupportedOperationException(
        "connection "
            + id
            + " is served in process "
            + process.pid()
            + "; from here it can only be closed or aborted");
  }

  @Override
  public @Nullable Object attachment() {
    return attachment;
  }

  @Override
  public void attach(@Nullable Object object) {
    attachment = object;
  }
}
