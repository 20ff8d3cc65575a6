package fivefold.cli.chat;

import fivefold.net.loop.EventHandler;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Standard output on an event loop. What it does not take waits here, and whoever fills it is told
 * to stop in time.
 *
 * <p>The descriptor may be shared with other programs, so it is not made non-blocking. When the
 * poller says it can be written, a pipe takes 4096 bytes at once (PIPE_BUF, pipe(7)).
 */
final class PipeOutput implements EventHandler, AutoCloseable {
  private static final int STANDARD_OUTPUT = 1;
  private static final int PIPE_BUF_BYTES = 4096;
  private static final int HIGH_WATERMARK_BYTES = 64 * 1024;

  /** Hears how it goes. */
  interface Listener {
    /** Nothing waits any more. */
    void drained();

    void failed(Throwable why);
  }

  private final Listener listener;
  private final long memory = Memory.allocate(PIPE_BUF_BYTES);
  private byte[] waiting = new byte[PIPE_BUF_BYTES];
  private int from;
  private int to;

  PipeOutput(Listener listener) {
    this.listener = listener;
  }

  /** Puts a line at the end; the loop is to be told by its update. */
  void println(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    makeRoom(bytes.length);
    System.arraycopy(bytes, 0, waiting, to, bytes.length);
    to += bytes.length;
  }

  private void makeRoom(int count) {
    if (waiting.length - to >= count) {
      return;
    }
    int used = to - from;
    byte[] place =
        waiting.length - used >= count && from >= used
            ? waiting
            : new byte[Math.max(2 * waiting.length, used + count)];
    System.arraycopy(waiting, from, place, 0, used);
    waiting = place;
    from = 0;
    to = used;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Whether enough waits; who goes on nevertheless is not refused. */
  boolean isFull() {
    return to - from > HIGH_WATERMARK_BYTES;
  }

  @Override
  public int descriptor() {
    return STANDARD_OUTPUT;
  }

  @Override
  public boolean wantsRead() {
    return false;
  }

  @Override
  public void read() {}

  /** Interest in writing only while there is something to write. */
  @Override
  public boolean wantsWrite() {
    return !isEmpty();
  }

  @Override
  public void write() throws IOException {
    int count = Math.min(PIPE_BUF_BYTES, to - from);
    Memory.copy(waiting, from, memory, count);
    int written = (int) Descriptors.write(STANDARD_OUTPUT, memory, count);
    if (written == -Errno.EAGAIN) {
      return;
    }
    if (written < 0) {
      throw new IOException("standard output cannot be written: " + Errno.describe(-written));
    }
    from += written;
    if (isEmpty()) {
      listener.drained();
    }
  }

  /** Nobody reads any more. */
  @Override
  public void hangup() throws IOException {
    throw new IOException("standard output is closed: nobody reads it");
  }

  @Override
  public void offLoop(Throwable why) {
    listener.failed(why);
  }

  /** Off the loop first. */
  @Override
  public void close() {
    Memory.free(memory);
  }
}
