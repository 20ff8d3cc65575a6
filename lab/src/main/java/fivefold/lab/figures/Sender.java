package fivefold.lab.figures;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Sends a datagram when a time has passed, on a thread of its own. */
final class Sender implements AutoCloseable {
  private final SocketAddress target;
  private final DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("fivefold-figures-sender").factory());

  Sender(SocketAddress target) throws IOException {
    this.target = target;
  }

  /**
   * Begins to wait.
   *
   * @return when send(2) was called, once it has returned
   */
  Future<Long> sendAfter(long delayNanos, ByteBuffer message) {
    long dueNanos = System.nanoTime() + delayNanos;
    return thread.submit(() -> send(dueNanos, message));
  }

  private long send(long dueNanos, ByteBuffer message) throws IOException {
    for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    long from = System.nanoTime();
    channel.send(message, target);
    return from;
  }

  /** What the sending has come to. */
  static long result(Future<Long> sent) throws IOException, InterruptedException {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new IOException("the datagram was not sent: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    channel.close();
  }
}
