package fivefold.sys;

/**
 * mmap(2): memory in pages, of its own or shared with the kernel. Any thread may call.
 *
 * <pre>{@code
 * long address = MemoryMap.map(bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
 * if (address < 0) {
 *   throw NativeException.of("mmap", (int) address);
 * }
 * }</pre>
 */
public final class MemoryMap {
  public static final int PROT_NONE = 0;
  public static final int PROT_READ = 1;
  public static final int PROT_WRITE = 2;

  public static final int MAP_SHARED = 0x1;
  public static final int MAP_PRIVATE = 0x2;
  public static final int MAP_ANONYMOUS = 0x20;
  public static final int MAP_NORESERVE = 0x4000;

  /** Fills the page tables at once, so that the first touch faults no more. */
  public static final int MAP_POPULATE = 0x8000;

  private static final SystemCall MMAP = SystemCall.of("mmap");
  private static final SystemCall MUNMAP = SystemCall.of("munmap");

  private MemoryMap() {}

  /**
   * mmap(2), at an address of the kernel's choice. Anonymous memory is zero, and a page of it costs
   * nothing before it is touched.
   *
   * @param bytes rounded up to whole pages
   * @param protection a set of the PROT constants
   * @param flags a set of the MAP constants
   * @param fd what is mapped; -1 with {@link #MAP_ANONYMOUS}
   * @param offset a multiple of the page size
   * @return the address, to be given back by {@link #unmap}, or {@code -errno}
   */
  public static long map(long bytes, int protection, int flags, int fd, long offset) {
    return MMAP.pointerOrErrno(0, bytes, protection, flags, fd, offset);
  }

  /**
   * Private zeroed memory in pages of its own.
   *
   * @return the address, to be given back by {@link #unmap}, or {@code -errno}
   */
  public static long anonymous(long bytes) {
    return map(bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }

  /**
   * munmap(2).
   *
   * @param bytes as mapped
   * @return 0 or {@code -errno}
   */
  public static int unmap(long address, long bytes) {
    return MUNMAP.once(address, bytes);
  }
}
