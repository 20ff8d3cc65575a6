package fivefold.cli.chat;

import fivefold.net.loop.EventHandler;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Standard input on an event loop, in lines. It is read only when the poller says that something is
 * there, so it does not block though the descriptor would.
 *
 * <p>While it is not to be read it must be off the loop: of a pipe whose writer has gone poll(2)
 * says so again and again, asked or not.
 */
final class PipeInput implements EventHandler, AutoCloseable {
  private static final int STANDARD_INPUT = 0;
  private static final int CHUNK_BYTES = 4096;

  /** A longer line is passed on in parts: the server refuses it anyway. */
  private static final int LIMIT_LINE_BYTES = 64 * 1024;

  /** Hears what comes. */
  interface Listener {
    void typed(String line);

    void ended();

    void failed(Throwable why);
  }

  private final Listener listener;
  private final long memory = Memory.allocate(CHUNK_BYTES);
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean ended;

  PipeInput(Listener listener) {
    this.listener = listener;
  }

  /** There is nothing more to watch for. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  public int descriptor() {
    return STANDARD_INPUT;
  }

  @Override
  public boolean wantsRead() {
    return !ended;
  }

  @Override
  public boolean wantsWrite() {
    return false;
  }

  @Override
  public void write() {}

  @Override
  public void read() throws IOException {
    int count = (int) Descriptors.read(STANDARD_INPUT, memory, CHUNK_BYTES);
    if (count == -Errno.EAGAIN) {
      return;
    }
    // EIO is the end of a terminal that is gone.
    if (count < 0 && count != -Errno.EIO) {
      throw new IOException("standard input cannot be read: " + Errno.describe(-count));
    }
    if (count <= 0) {
      ended = true;
      if (line.size() > 0) {
        endLine();
      }
      listener.ended();
      return;
    }
    Memory.copy(memory, chunk, 0, count);
    for (int i = 0; i < count; i++) {
      if (chunk[i] == '\n' || line.size() >= LIMIT_LINE_BYTES) {
        endLine();
      }
      if (chunk[i] != '\n') {
        line.write(chunk[i]);
      }
    }
  }

  private void endLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    listener.typed(text);
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
