package fivefold.lab.load;

import fivefold.net.loop.Registration;
import org.jspecify.annotations.Nullable;

/** One connection of the load: two places in its stream of bytes, and when its requests began. */
final class LoadConnection {
  final int handle;

  /** Where its stream begins in the pattern. */
  final long start;

  /** When the request in each place of the pipeline was sent, {@link System#nanoTime}. */
  final long[] startNanos;

  @Nullable Registration registration;
  boolean connected;
  boolean open = true;

  /** Bytes of the stream: given to the kernel, may be given, come back. */
  long sent;

  long allowed;
  long received;

  /** Where in the stream the reply that is due next ends. */
  long replyEnd;

  /** The place of that reply in the pipeline. */
  int place;

  long completed;

  LoadConnection(int handle, long start, int pipeline, int messageBytes) {
    this.handle = handle;
    this.start = start;
    this.startNanos = new long[pipeline];
    this.replyEnd = messageBytes;
  }

  /** Open, and not everything that was sent has come back; or not even connected. */
  boolean isOwedReply() {
    return open && (received < sent || completed == 0);
  }

  /** Lets one more request go on each place of the pipeline. */
  void allow(int requests, int messageBytes, long nowNanos) {
    allowed += (long) requests * messageBytes;
    int at = place;
    for (int i = 0; i < requests; i++) {
      startNanos[at] = nowNanos;
      at = at + 1 == startNanos.length ? 0 : at + 1;
    }
  }
}
