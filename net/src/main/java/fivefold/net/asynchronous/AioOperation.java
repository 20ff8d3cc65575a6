package fivefold.net.asynchronous;

import fivefold.net.loop.ChannelErrors;
import fivefold.sys.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.ShutdownChannelGroupException;
import org.jspecify.annotations.Nullable;

/**
 * A read or a write, one at a time, and what became of it: bytes moved, 0 for the end of input, or
 * a negative errno. On the strand.
 */
final class AioOperation implements CompletionHandler<Integer, @Nullable Void> {
  /** It is not over yet. */
  static final int PENDING = Integer.MIN_VALUE;

  private final AioStrand strand;
  private final AsynchronousSocketChannel channel;
  private final Runnable whenOver;

  /** Of a write that was over before the call returned, which is told by the call. */
  private int atOnce;

  private boolean writeStarting;

  /** Of one that is told by {@link #whenOver}; written by the thread that brings it. */
  private int outcome;

  AioOperation(AioStrand strand, AsynchronousSocketChannel channel, Runnable whenOver) {
    this.strand = strand;
    this.channel = channel;
    this.whenOver = whenOver;
  }

  void read(ByteBuffer buffer) {
    try {
      channel.read(buffer, null, this);
    } catch (ShutdownChannelGroupException e) {
      over(-Errno.EBADF);
    }
  }

  /** What became of it, or {@link #PENDING}: then it will be told. */
  int write(ByteBuffer buffer) {
    atOnce = PENDING;
    writeStarting = true;
    try {
      channel.write(buffer, null, this);
    } catch (ShutdownChannelGroupException e) {
      atOnce = -Errno.EBADF;
    }
    writeStarting = false;
    return atOnce;
  }

  int outcome() {
    return outcome;
  }

  @Override
  public void completed(Integer count, @Nullable Void attachment) {
    over(Math.max(0, count));
  }

  @Override
  public void failed(Throwable error, @Nullable Void attachment) {
    over(error instanceof IOException e ? ChannelErrors.errno(e) : -Errno.EIO);
  }

  private void over(int result) {
    AioThread thread = AioThread.current();
    if (thread.running() == null) {
      thread.eventBegins();
    } else {
      thread.completedAtOnce();
    }
    // Asked in this order: the flag is the strand's, and this may be another thread.
    if (strand.isCurrent() && writeStarting) {
      atOnce = result;
    } else {
      outcome = result;
      strand.complete(whenOver);
    }
  }
}
