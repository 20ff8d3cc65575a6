package fivefold.lab.figures;

import java.io.IOException;

/** Receives a datagram in the manner of one I/O model, and notes each step. Of one thread. */
interface Receiver extends AutoCloseable {

  /** What is done once, before anybody asks; on the thread that will receive. */
  void prepare() throws IOException;

  /**
   * From asking to having the bytes in the socket's memory.
   *
   * @return how many bytes, or {@code -errno}
   */
  long receive(StepLog log);

  @Override
  void close();
}
