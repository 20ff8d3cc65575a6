package fivefold.net.blocking.process;

import java.io.FileInputStream;
import java.io.IOException;

/**
 * In a worker: ends it with its server. The server alone holds the other end of this pipe and never
 * writes to it; when the server ends, in whatever way, the kernel closes that end, and the read
 * returns. (PR_SET_PDEATHSIG, prctl(2), would come when the thread ends that started the worker,
 * and at exec of a program with privileges not at all; a pipe needs no native call either.)
 */
final class Lifeline {
  private static final int SERVER_GONE = 1;

  private Lifeline() {}

  static void watch(FileInputStream pipe) {
    Thread.ofPlatform()
        .daemon()
        .name("fivefold-lifeline")
        .start(() -> {
          awaitEnd(pipe);
          Runtime.getRuntime().halt(SERVER_GONE);
        });
  }

  private static void awaitEnd(FileInputStream pipe) {
    try {
      while (pipe.read() >= 0) {
        // Nobody writes.
      }
    } catch (IOException e) {
      // As good as the end.
    }
  }
}
