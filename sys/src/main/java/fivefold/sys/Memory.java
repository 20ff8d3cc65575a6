package fivefold.sys;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * Native memory by address. Nothing here checks that an address is valid: a wrong one ends the JVM,
 * as in C. Values are in native byte order and need no alignment.
 *
 * <pre>{@code
 * long memory = Memory.allocate(4096);
 * long received = Sockets.recv(fd, memory, 4096, 0);
 * Memory.free(memory);
 * }</pre>
 *
 * <p>Any thread may call any method; memory shared by threads is theirs to order.
 */
public final class Memory {
  /** What {@link #allocate} aligns to: a cache line, and more than any struct asks for. */
  public static final int ALIGNMENT_BYTES = 64;

  private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
  private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

  private Memory() {}

  /**
   * Allocates zeroed memory, aligned to {@value #ALIGNMENT_BYTES} bytes, by calloc(3): pages of a
   * large block cost nothing before they are touched.
   *
   * @param bytes zero or more
   * @return the address, to be given back by {@link #free}
   * @throws OutOfMemoryError when the system has none left
   */
  public static long allocate(long bytes) {
    if (bytes < 0 || bytes > Long.MAX_VALUE - ALIGNMENT_BYTES) {
      throw new IllegalArgumentException("cannot allocate " + bytes + " bytes");
    }
    long block = Heap.CALLOC.pointer(1, bytes + ALIGNMENT_BYTES);
    if (block == 0) {
      throw new OutOfMemoryError("no native memory for " + bytes + " bytes");
    }
    // malloc(3) aligns to 16, so below the aligned address there is always room for the block's.
    long address = (block + ALIGNMENT_BYTES) & -ALIGNMENT_BYTES;
    putLong(address - Long.BYTES, block);
    return address;
  }

  /**
   * Gives memory back, free(3).
   *
   * @param address what {@link #allocate} returned and has not been freed, or 0, which does nothing
   */
  public static void free(long address) {
    if (address != 0) {
      Heap.FREE.pointer(getLong(address - Long.BYTES), 0);
    }
  }

  public static byte getByte(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_BYTE, address);
  }

  public static void putByte(long address, byte value) {
    EVERYTHING.set(ValueLayout.JAVA_BYTE, address, value);
  }

  public static short getShort(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_SHORT_UNALIGNED, address);
  }

  public static void putShort(long address, short value) {
    EVERYTHING.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, value);
  }

  public static int getInt(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_INT_UNALIGNED, address);
  }

  public static void putInt(long address, int value) {
    EVERYTHING.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
  }

  public static long getLong(long address) {
    return EVERYTHING.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
  }

  public static void putLong(long address, long value) {
    EVERYTHING.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
  }

  /**
   * Reads an int that another thread or the kernel writes: no later access goes before it.
   *
   * @param address a multiple of 4
   */
  public static int getIntAcquire(long address) {
    return (int) INT.getAcquire(EVERYTHING, address);
  }

  /**
   * Writes an int that another thread or the kernel reads: no earlier access goes after it.
   *
   * @param address a multiple of 4
   */
  public static void putIntRelease(long address, int value) {
    INT.setRelease(EVERYTHING, address, value);
  }

  /**
   * Clears bits of an int that the kernel changes too.
   *
   * @param address a multiple of 4
   */
  static void clearBits(long address, int bits) {
    int _ = (int) INT.getAndBitwiseAnd(EVERYTHING, address, ~bits);
  }

  /** As {@link #putIntRelease}, at a multiple of 2. */
  public static void putShortRelease(long address, short value) {
    SHORT.setRelease(EVERYTHING, address, value);
  }

  /** No access after it goes before one before it, not even a load before a store. */
  static void fullFence() {
    VarHandle.fullFence();
  }

  /** Copies bytes; the two ranges may overlap. */
  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(EVERYTHING, from, EVERYTHING, to, bytes);
  }

  /** Copies bytes out of an array. */
  public static void copy(byte[] from, int offset, long to, int bytes) {
    MemorySegment.copy(from, offset, EVERYTHING, ValueLayout.JAVA_BYTE, to, bytes);
  }

  /** Copies bytes into an array. */
  public static void copy(long from, byte[] to, int offset, int bytes) {
    MemorySegment.copy(EVERYTHING, ValueLayout.JAVA_BYTE, from, to, offset, bytes);
  }

  public static void setZero(long address, long bytes) {
    EVERYTHING.asSlice(address, bytes).fill((byte) 0);
  }

  /**
   * A direct buffer over memory, big-endian as every new buffer is. It does not keep the memory
   * alive: to be used only until the memory is freed.
   */
  public static ByteBuffer buffer(long address, int bytes) {
    return EVERYTHING.asSlice(address, bytes).asByteBuffer();
  }

  /**
   * The address of index 0 of a direct buffer (not of its position). Valid while the buffer is
   * reachable.
   *
   * @throws IllegalArgumentException for a buffer on the Java heap, which has no fixed address
   */
  public static long address(ByteBuffer direct) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("a heap buffer has no fixed address: use a direct one");
    }
    return Apart.address(direct);
  }

  /**
   * Compiled apart from its callers by a handle that is no constant, as {@link SystemCall} is and
   * for the same reason: inlined too deep, the segment and its session are garbage of each call.
   */
  private static final class Apart {
    private static MethodHandle addressOfSegment = link();

    private static MethodHandle link() {
      try {
        return MethodHandles.lookup()
            .findStatic(
                Apart.class,
                "addressOfSegment",
                MethodType.methodType(long.class, ByteBuffer.class));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    static long address(ByteBuffer direct) {
      try {
        return (long) addressOfSegment.invokeExact(direct);
      } catch (Throwable thrown) {
        throw Native.impossible(thrown);
      }
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static long addressOfSegment(ByteBuffer direct) {
      return MemorySegment.ofBuffer(direct).address() - direct.position();
    }
  }

  /** Linked at the first allocation, not at the first access. */
  private static final class Heap {
    static final SystemCall CALLOC = SystemCall.of("calloc");
    static final SystemCall FREE = SystemCall.of("free");
  }
}
