package fivefold.net.blocking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Closing with unread input resets the connection (RFC 1122, 4.2.2.13), and the reset may overtake
 * what we have sent. So our side is ended, and the peer's read and dropped for a while.
 */
final class LingeringClose {
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final long LIMIT_BYTES = 1 << 20;
  private static final long LIMIT_NANOS = 1_000_000_000;
  private static final long LOOK_EVERY_NANOS = 2_000_000;

  private LingeringClose() {}

  /** Drops what the peer still sends, until it ends, the limits are reached, or it is given up. */
  static void drop(SocketChannel channel, BooleanSupplier isGivenUp) {
    try {
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      channel.configureBlocking(false);
      int dropped = channel.read(buffer);
      if (dropped <= 0) {
        return;
      }
      channel.shutdownOutput();
      long bytes = dropped;
      long deadlineNanos = System.nanoTime() + LIMIT_NANOS;
      while (dropped >= 0 && bytes <= LIMIT_BYTES && !isGivenUp.getAsBoolean()) {
        dropped = channel.read(buffer.clear());
        bytes += Math.max(0, dropped);
        if (deadlineNanos - System.nanoTime() <= 0) {
          return;
        }
        if (dropped == 0) {
          LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
      }
    } catch (IOException e) {
      // The peer has gone; so do we.
    }
  }
}
