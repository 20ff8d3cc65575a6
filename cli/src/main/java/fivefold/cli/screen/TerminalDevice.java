package fivefold.cli.screen;

import fivefold.net.loop.EventHandler;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import java.io.IOException;

/**
 * The terminal's descriptor on an event loop: it is read when a key has been pressed and written
 * when the terminal takes something; neither ever blocks.
 *
 * <p>It is opened anew: O_NONBLOCK belongs to the open file (fcntl(2)), and that of standard input
 * is the shell's as well, which would be left with it if this process was killed.
 */
public final class TerminalDevice implements EventHandler, AutoCloseable {
  private static final int CHUNK_BYTES = 4096;

  /**
   * What the process was started on, tty(4); and by the way of standard input, where it has none.
   */
  private static final String[] PATHS = {"/dev/tty", "/proc/self/fd/0"};

  /** Hears what happens. On the loop's thread. */
  public interface Listener {
    /** Bytes have been read. */
    void typed(byte[] bytes, int count);

    /** All that was to be written has been. */
    void drained();

    /** The terminal is gone; or, with an error, one of the other calls has failed. */
    void gone(Throwable why);
  }

  private final int descriptor;
  private final Listener listener;
  private final long memory = Memory.allocate(CHUNK_BYTES);
  private final byte[] read = new byte[CHUNK_BYTES];
  private byte[] unsent = new byte[0];
  private int sent;
  private boolean closed;

  private TerminalDevice(int descriptor, Listener listener) {
    this.descriptor = descriptor;
    this.listener = listener;
  }

  /** Opens the terminal of this process. */
  public static TerminalDevice open(Listener listener) throws IOException {
    int result = -Errno.ENOENT;
    for (String path : PATHS) {
      result =
          Descriptors.open(
              path, Descriptors.O_RDWR | Descriptors.O_NONBLOCK | Descriptors.O_NOCTTY);
      if (result >= 0) {
        return new TerminalDevice(result, listener);
      }
    }
    throw new IOException("the terminal cannot be opened: " + Errno.describe(-result));
  }

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public boolean wantsRead() {
    return !closed;
  }

  /** Interest in writing only while there is something to write: an idle terminal takes always. */
  @Override
  public boolean wantsWrite() {
    return !closed && isBusy();
  }

  /** Whether the terminal has not taken all of the last picture yet. */
  public boolean isBusy() {
    return sent < unsent.length;
  }

  /** Writes what the terminal takes now; the rest goes when it takes more. Not while busy. */
  public void write(byte[] bytes) throws IOException {
    unsent = bytes;
    sent = 0;
    writeOn();
  }

  @Override
  public void read() throws IOException {
    int count = (int) Descriptors.read(descriptor, memory, CHUNK_BYTES);
    if (count == 0 || count == -Errno.EIO) {
      throw new IOException("the terminal is gone");
    }
    if (count < 0) {
      check("read from", count);
      return;
    }
    Memory.copy(memory, read, 0, count);
    listener.typed(read, count);
  }

  @Override
  public void write() throws IOException {
    writeOn();
    if (!isBusy()) {
      listener.drained();
    }
  }

  private void writeOn() throws IOException {
    while (isBusy()) {
      int count = Math.min(CHUNK_BYTES, unsent.length - sent);
      Memory.copy(unsent, sent, memory, count);
      int written = (int) Descriptors.write(descriptor, memory, count);
      if (written < 0) {
        check("written to", written);
        return;
      }
      sent += written;
    }
  }

  private static void check(String what, int result) throws IOException {
    if (result != -Errno.EAGAIN) {
      throw new IOException("the terminal cannot be " + what + ": " + Errno.describe(-result));
    }
  }

  /** The loop has let go of it, since a call above threw. */
  @Override
  public void offLoop(Throwable why) {
    listener.gone(why);
  }

  /** Off the loop first. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      Descriptors.close(descriptor);
      Memory.free(memory);
    }
  }
}
