package fivefold.sys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * What io_uring is on this system, found by trying: whether a loop can use it, and what beyond that
 * the kernel offers. Asking never throws, anywhere.
 *
 * <pre>{@code
 * UringProbe.ofThisSystem().unavailable().ifPresent(reason -> System.err.println(reason));
 * }</pre>
 *
 * @param unavailable why a loop cannot use it and what to do; empty when it can
 * @param kernel release of the kernel, {@code "6.18.0-amd64"}
 * @param features a set of the IORING_FEAT constants of {@link Uring}
 * @param operations the IORING_OP numbers that the kernel knows
 * @param noSqArray whether rings do without {@linkplain Uring#IORING_SETUP_NO_SQARRAY the array}
 * @param registeredDescriptor whether {@link UringRing#registerDescriptor} works
 * @param incrementalBuffers whether {@link BufferRing#IOU_PBUF_RING_INC} is known
 */
public record UringProbe(
    Optional<String> unavailable,
    String kernel,
    int features,
    BitSet operations,
    boolean noSqArray,
    boolean registeredDescriptor,
    boolean incrementalBuffers) {

  private static final int MOST_OPERATIONS = 256;

  /** struct io_uring_probe: 16 bytes, and 8 for each operation. */
  static final int PROBE_BYTES = 16;

  static final int OPERATIONS_COUNT_OFFSET = 1;
  static final int OPERATION_BYTES = 8;
  static final int OPERATION_FLAGS_OFFSET = 2;
  static final int IO_URING_OP_SUPPORTED = 1;

  /** Opens a ring, tries it out and closes it again: well below a millisecond once loaded. */
  public static UringProbe ofThisSystem() {
    String kernel = read("/proc/sys/kernel/osrelease");
    Optional<String> unavailable = Platform.unavailable();
    if (unavailable.isPresent()) {
      return without(kernel, unavailable.get());
    }
    try (UringRing ring = UringRing.open(4, 0, UringRing.LOOP)) {
      int errno = tryOut(ring);
      if (errno != 0) {
        return without(kernel, UringRefusal.explain(errno, kernel));
      }
      return new UringProbe(
          Optional.empty(),
          kernel,
          ring.features(),
          operations(ring),
          (ring.setupFlags() & Uring.IORING_SETUP_NO_SQARRAY) != 0,
          ring.registerDescriptor() == 0,
          errnoOfBuffers(ring, BufferRing.IOU_PBUF_RING_INC) == 0);
    } catch (NativeException refused) {
      return without(kernel, UringRefusal.explain(refused.errno(), kernel));
    } catch (OutOfMemoryError | UnsupportedOperationException none) {
      return without(kernel, "io_uring: " + none.getMessage());
    }
  }

  /** Whether all the given IORING_FEAT constants are there. */
  public boolean hasFeatures(int wanted) {
    return (features & wanted) == wanted;
  }

  /** Whether the kernel knows one of the IORING_OP numbers. */
  public boolean hasOperation(int operation) {
    return operations.get(operation);
  }

  /**
   * Setup may be allowed and the other two calls not.
   *
   * @return 0 or the error
   */
  private static int tryOut(UringRing ring) {
    UringPrepare.nop(ring.nextSqe(), 0, 1);
    int result = ring.submitAndWait(1);
    return result < 0 ? -result : errnoOfBuffers(ring, 0);
  }

  private static int errnoOfBuffers(UringRing ring, int flags) {
    try (BufferRing buffers = BufferRing.register(ring, 0, 1, 1, flags)) {
      return 0;
    } catch (NativeException refused) {
      return refused.errno();
    }
  }

  private static BitSet operations(UringRing ring) {
    var operations = new BitSet(MOST_OPERATIONS);
    long probe = Memory.allocate(PROBE_BYTES + (long) MOST_OPERATIONS * OPERATION_BYTES);
    try {
      int result =
          Uring.register(ring.descriptor(), Uring.IORING_REGISTER_PROBE, probe, MOST_OPERATIONS);
      int count =
          result < 0 ? 0 : Byte.toUnsignedInt(Memory.getByte(probe + OPERATIONS_COUNT_OFFSET));
      for (int i = 0; i < count; i++) {
        long entry = probe + PROBE_BYTES + (long) i * OPERATION_BYTES;
        int flags = Memory.getShort(entry + OPERATION_FLAGS_OFFSET);
        operations.set(i, (flags & IO_URING_OP_SUPPORTED) != 0);
      }
      return operations;
    } finally {
      Memory.free(probe);
    }
  }

  private static UringProbe without(String kernel, String reason) {
    return new UringProbe(Optional.of(reason), kernel, 0, new BitSet(), false, false, false);
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.US_ASCII).strip();
    } catch (IOException | RuntimeException unreadable) {
      return "unknown";
    }
  }
}
