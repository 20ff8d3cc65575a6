package fivefold.net.blocking.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * In a worker: ends it with its server. The server alone holds the other end of this pipe and never
 * writes to it; when the server ends, in whatever way, the kernel closes that end, and the read
 * returns.
 *
 * <p>(PR_SET_PDEATHSIG, prctl(2), is sent when the thread ends that started the worker, which is
 * not always when the process does; and a pipe needs no native call.)
 */
final class Lifeline implements AutoCloseable {
  private static final int SERVER_GONE = 1;

  private final FileChannel pipe;

  Lifeline(Path path) throws IOException {
    pipe = FileChannel.open(path);
    Thread.ofPlatform().daemon().name("fivefold-lifeline").start(this::watch);
  }

  private void watch() {
    try {
      while (pipe.read(ByteBuffer.allocate(1)) >= 0) {
        // Nobody writes.
      }
    } catch (ClosedChannelException e) {
      return;
    } catch (IOException e) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(SERVER_GONE);
  }

  /**
   * The process ends: HotSpot gives a thread in a system call 300 ms to come back before it does.
   */
  @Override
  public void close() {
    try {
      pipe.close();
    } catch (IOException e) {
      // Then it takes 300 ms.
    }
  }
}
