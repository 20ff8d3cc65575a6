package fivefold.net.asynchronous;

import fivefold.net.StreamOptions;
import fivefold.sys.BufferRing;
import fivefold.sys.Limits;
import fivefold.sys.NativeException;
import fivefold.sys.UringOperation;
import fivefold.sys.UringProbe;
import fivefold.sys.UringRing;
import java.io.IOException;
import java.util.Optional;

/**
 * How many rings a loop has for its direct descriptors, and how long the table of each is.
 *
 * @param rings how many
 * @param entries of each, at most RLIMIT_NOFILE
 */
record DirectTables(int rings, int entries) {
  /** For a test: {@code 3x64} keeps every connection on direct descriptors, in tables of 64. */
  private static final String GIVEN = System.getProperty("fivefold.uring.tables", "");

  /** Listeners, files, the JVM's own: what a process needs besides its connections. */
  private static final int OTHER_DESCRIPTORS = 500;

  /** One that is refused for the limit must have been accepted first. */
  private static final int TO_BE_REFUSED = 64;

  private static final int BUFFER_BYTES = 16 * 1024;

  /** Of all rings of a loop together; touched in turn, so all of it is resident in the end. */
  private static final int ALL_BUFFERS_BYTES = 16 << 20;

  private static final int FEWEST_BUFFERS = 16;
  private static final int MOST_BUFFERS = 256;

  /** For one loop of a server; empty when ordinary descriptors do. */
  static Optional<DirectTables> of(StreamOptions options) throws IOException {
    if (!GIVEN.isEmpty()) {
      String[] parts = GIVEN.split("x", 2);
      return Optional.of(new DirectTables(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
    }
    int wantedOfAll = options.connectionsWanted();
    long descriptors = Limits.soft(Limits.RLIMIT_NOFILE);
    if (wantedOfAll == 0 || wantedOfAll <= descriptors - OTHER_DESCRIPTORS) {
      return Optional.empty();
    }
    if (!UringProbe.ofThisSystem().hasOperation(UringOperation.IORING_OP_FIXED_FD_INSTALL)) {
      throw new IOException(
          "room for "
              + wantedOfAll
              + " connections: this process may open "
              + descriptors
              + " descriptors (ulimit -n), and direct ones need Linux 6.8;"
              + " raise the limit or ask for fewer connections");
    }
    // The kernel shares connections out among loops, but not evenly.
    long share = (long) wantedOfAll / options.loops() + TO_BE_REFUSED;
    long wanted = options.loops() == 1 ? share : share + share / 4;
    int entries = (int) Math.min(descriptors, wanted);
    return Optional.of(new DirectTables((int) ((wanted + entries - 1) / entries), entries));
  }

  /** What one of the rings receives into. */
  ReceiveBuffers buffers(UringRing ring) throws NativeException {
    int share = Integer.highestOneBit(ALL_BUFFERS_BYTES / BUFFER_BYTES / rings);
    int count = Math.clamp(share, FEWEST_BUFFERS, MOST_BUFFERS);
    try {
      return ReceiveBuffers.of(ring, count, BUFFER_BYTES, BufferRing.IOU_PBUF_RING_INC);
    } catch (NativeException e) {
      return ReceiveBuffers.of(ring, count, BUFFER_BYTES, 0);
    }
  }
}
