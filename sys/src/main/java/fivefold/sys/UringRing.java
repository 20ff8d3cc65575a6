package fivefold.sys;

/**
 * One ring of io_uring(7): its two queues, mapped from the kernel, and no policy. Entries are
 * filled in by {@link UringPrepare}.
 *
 * <pre>{@code
 * try (var ring = UringRing.open(256, 1024, UringRing.LOOP)) {
 *   UringPrepare.acceptMultishot(ring.nextSqe(), 0, listener, Sockets.SOCK_CLOEXEC, ACCEPT);
 *   while (running) {
 *     ring.submitAndWait(1);
 *     int ready = ring.ready();
 *     for (int i = 0; i < ready; i++) {
 *       handle(ring.userData(i), ring.result(i), ring.flags(i));
 *     }
 *     ring.advance(ready);
 *   }
 * }
 * }</pre>
 *
 * <p>Only one thread may use it, and a platform thread: with {@link
 * Uring#IORING_SETUP_SINGLE_ISSUER} the kernel insists ({@code -EEXIST}) on the one that opened it,
 * or with {@link Uring#IORING_SETUP_R_DISABLED} on the one that calls {@link #enable}. Nothing is
 * allocated between open and close.
 *
 * <p>On the order of memory accesses, io_uring(7): each queue has a tail that its producer stores
 * with release and its consumer loads with acquire, and a head the other way round. What is stored
 * in an entry is therefore seen by the kernel, and what the kernel has stored in a completion is
 * seen here.
 */
public final class UringRing implements AutoCloseable {
  /**
   * What an event loop asks for: one thread submits, the kernel's part of the work is done while
   * that thread waits, and a request that fails at once does not hold the batch up (6.1).
   */
  public static final int LOOP =
      Uring.IORING_SETUP_SINGLE_ISSUER
          | Uring.IORING_SETUP_DEFER_TASKRUN
          | Uring.IORING_SETUP_SUBMIT_ALL;

  private static final int LARGE_ENTRIES = Uring.IORING_SETUP_SQE128 | Uring.IORING_SETUP_CQE32;
  private static final int NOT_REGISTERED = -1;

  private final int fd;
  private final int features;
  private final int setupFlags;
  private final long queues;
  private final long queuesBytes;
  private final long sqes;
  private final long sqesBytes;
  private final int sqMask;
  private final int cqMask;
  private final long sqHeadAddress;
  private final long sqTailAddress;
  private final long sqFlagsAddress;
  private final long cqHeadAddress;
  private final long cqTailAddress;
  private final long cqFlagsAddress;
  private final long overflowAddress;
  private final long cqes;
  private final long wait = Memory.allocate(UringWait.ALLOCATED_BYTES);

  private int sqTail;
  private int cqHead;
  private int registeredFd = NOT_REGISTERED;
  private boolean isClosed;

  private UringRing(int fd, int setupFlags, long params, long queues, long queuesBytes, long sqes) {
    this.fd = fd;
    this.features = UringParams.features(params);
    this.setupFlags = setupFlags;
    this.queues = queues;
    this.queuesBytes = queuesBytes;
    this.sqes = sqes;
    int sqEntries = UringParams.sqEntries(params);
    sqesBytes = (long) sqEntries * UringSqe.BYTES;
    sqMask = sqEntries - 1;
    cqMask = UringParams.cqEntries(params) - 1;
    sqHeadAddress = queues + UringParams.offset(params, UringParams.SQ_HEAD_OFFSET);
    sqTailAddress = queues + UringParams.offset(params, UringParams.SQ_TAIL_OFFSET);
    sqFlagsAddress = queues + UringParams.offset(params, UringParams.SQ_FLAGS_OFFSET);
    cqHeadAddress = queues + UringParams.offset(params, UringParams.CQ_HEAD_OFFSET);
    cqTailAddress = queues + UringParams.offset(params, UringParams.CQ_TAIL_OFFSET);
    cqFlagsAddress = queues + UringParams.offset(params, UringParams.CQ_FLAGS_OFFSET);
    overflowAddress = queues + UringParams.offset(params, UringParams.CQ_OVERFLOW_OFFSET);
    cqes = queues + UringParams.offset(params, UringParams.CQ_CQES_OFFSET);
    if ((setupFlags & Uring.IORING_SETUP_NO_SQARRAY) == 0) {
      long array = queues + UringParams.offset(params, UringParams.SQ_ARRAY_OFFSET);
      for (int i = 0; i < sqEntries; i++) {
        Memory.putInt(array + (long) i * Integer.BYTES, i); // entry i is at i, for good
      }
    }
  }

  /**
   * Opens a ring, io_uring_setup(2), without the index array when the kernel can do without ({@link
   * Uring#IORING_SETUP_NO_SQARRAY}, 6.6).
   *
   * @param sqEntries how many entries one submission may have; rounded up to a power of two
   * @param cqEntries how many completions may wait, at least sqEntries; 0 for twice that
   * @param flags a set of the IORING_SETUP constants, {@link #LOOP} for a loop
   * @throws NativeException when the kernel refuses; {@link UringProbe} tells why and what to do
   */
  public static UringRing open(int sqEntries, int cqEntries, int flags) throws NativeException {
    if ((flags & LARGE_ENTRIES) != 0) {
      throw new IllegalArgumentException("entries of 128 and completions of 32 bytes: not here");
    }
    int sized = cqEntries > 0 ? flags | Uring.IORING_SETUP_CQSIZE : flags;
    long params = Memory.allocate(UringParams.BYTES);
    try {
      int setupFlags = sized | Uring.IORING_SETUP_NO_SQARRAY;
      UringParams.put(params, setupFlags, cqEntries);
      int fd = Uring.setup(sqEntries, params);
      if (fd == -Errno.EINVAL) {
        setupFlags = sized;
        UringParams.put(params, setupFlags, cqEntries);
        fd = Uring.setup(sqEntries, params);
      }
      if (fd < 0) {
        throw NativeException.of("io_uring_setup", fd);
      }
      return map(fd, setupFlags, params);
    } finally {
      Memory.free(params);
    }
  }

  /** Both queues are one mapping, since Linux 5.4, and the entries another. */
  private static UringRing map(int fd, int setupFlags, long params) throws NativeException {
    long queuesBytes =
        Math.max(
            UringParams.offset(params, UringParams.SQ_ARRAY_OFFSET)
                + (long) UringParams.sqEntries(params) * Integer.BYTES,
            UringParams.offset(params, UringParams.CQ_CQES_OFFSET)
                + (long) UringParams.cqEntries(params) * UringCqe.BYTES);
    long sqesBytes = (long) UringParams.sqEntries(params) * UringSqe.BYTES;
    long queues = map(fd, queuesBytes, Uring.IORING_OFF_SQ_RING);
    long sqes = queues < 0 ? queues : map(fd, sqesBytes, Uring.IORING_OFF_SQES);
    if (sqes < 0) {
      if (queues >= 0) {
        MemoryMap.unmap(queues, queuesBytes);
      }
      Descriptors.close(fd);
      throw NativeException.of("mmap of a ring", (int) sqes);
    }
    return new UringRing(fd, setupFlags, params, queues, queuesBytes, sqes);
  }

  private static long map(int fd, long bytes, long offset) {
    int protection = MemoryMap.PROT_READ | MemoryMap.PROT_WRITE;
    int flags = MemoryMap.MAP_SHARED | MemoryMap.MAP_POPULATE;
    return MemoryMap.map(bytes, protection, flags, fd, offset);
  }

  /** The ring's descriptor, for {@link Uring#register}, poll(2) and other rings. */
  public int descriptor() {
    return fd;
  }

  /** What the kernel can do: a set of the IORING_FEAT constants. */
  public int features() {
    return features;
  }

  /** The flags the ring was set up with. */
  public int setupFlags() {
    return setupFlags;
  }

  /** How many entries one submission may have. */
  public int sqEntries() {
    return sqMask + 1;
  }

  /** How many completions may wait. */
  public int cqEntries() {
    return cqMask + 1;
  }

  /**
   * Starts a ring opened with {@link Uring#IORING_SETUP_R_DISABLED}; the calling thread becomes the
   * one that may use it.
   *
   * @return 0 or {@code -errno}
   */
  public int enable() {
    return Uring.register(fd, Uring.IORING_REGISTER_ENABLE_RINGS, 0, 0);
  }

  /**
   * Gives the calling thread an index for the ring's descriptor, which spares each enter the look
   * into the process's table (5.18). A thread has room for 16.
   *
   * @return 0, or {@code -errno} and the ring works as before
   */
  public int registerDescriptor() {
    CallState state = CallState.take();
    try {
      long update = putRingUpdate(state.struct(), -1);
      int result = Uring.register(fd, Uring.IORING_REGISTER_RING_FDS, update, 1);
      if (result < 0) {
        return result;
      }
      registeredFd = Memory.getInt(update + UringFiles.UPDATE_INDEX_OFFSET);
      return 0;
    } finally {
      state.release();
    }
  }

  private long putRingUpdate(long update, int index) {
    Memory.setZero(update, UringFiles.UPDATE_BYTES);
    Memory.putInt(update + UringFiles.UPDATE_INDEX_OFFSET, index);
    Memory.putLong(update + UringFiles.UPDATE_DATA_OFFSET, fd);
    return update;
  }

  /**
   * Has completions, and work that waits for this thread, signal an eventfd(2): how one thread
   * waits for several rings. epoll(7) on the descriptor of a ring with DEFER_TASKRUN never wakes.
   *
   * @return 0 or {@code -errno}
   */
  public int registerEventFd(int eventFd) {
    CallState state = CallState.take();
    try {
      Memory.putInt(state.struct(), eventFd);
      return Uring.register(fd, Uring.IORING_REGISTER_EVENTFD, state.struct(), 1);
    } finally {
      state.release();
    }
  }

  /**
   * Whether the eventfd is signalled (5.8). While the thread is about to look anyway a signal costs
   * it a wake-up for nothing; it asks {@link #hasWork} after it has allowed them again.
   */
  public void allowSignals(boolean allowed) {
    Memory.putIntRelease(cqFlagsAddress, allowed ? 0 : Uring.IORING_CQ_EVENTFD_DISABLED);
    // The kernel adds work, then looks whether to signal; here it is the other way round.
    Memory.fullFence();
  }

  /**
   * The next free entry of the submission queue, all zero.
   *
   * @return its address, valid until the next submission; 0 when the queue is full: submit first
   */
  public long nextSqe() {
    if (sqTail - Memory.getIntAcquire(sqHeadAddress) > sqMask) {
      return 0;
    }
    long sqe = sqes + (long) (sqTail++ & sqMask) * UringSqe.BYTES;
    UringSqe.clear(sqe);
    return sqe;
  }

  /** How many entries were filled in and not yet taken by the kernel. */
  public int unsubmitted() {
    return sqTail - Memory.getIntAcquire(sqHeadAddress);
  }

  /** How many entries {@link #nextSqe} will give before the queue is full. */
  public int freeSqes() {
    return sqMask + 1 - unsubmitted();
  }

  /**
   * Has the kernel take the entries. With DEFER_TASKRUN nothing that waits makes progress by it.
   *
   * @return how many were taken, or {@code -errno}: with {@code -EBUSY} and {@code -EAGAIN} none
   *     was, and taking completions off comes first
   */
  public int submit() {
    return enter(0, 0, 0, 0);
  }

  /** As {@link #submit}, and posts what has completed, without waiting. */
  public int submitAndPost() {
    return enter(0, Uring.IORING_ENTER_GETEVENTS, 0, 0);
  }

  /**
   * Has the kernel take the entries, and waits for completions. Blocks.
   *
   * @param completions how many to wait for, those not yet advanced over included; at most {@link
   *     #cqEntries}
   * @return how many entries were taken, or {@code -errno}: {@code -EINTR} only when there were
   *     none
   */
  public int submitAndWait(int completions) {
    return enter(completions, Uring.IORING_ENTER_GETEVENTS, 0, 0);
  }

  /**
   * As {@link #submitAndWait(int)}, for a time.
   *
   * @param timeoutNanos the longest wait, negative for ever; {@code -ETIME} when it has passed, no
   *     completion is there and there were no entries
   */
  public int submitAndWait(int completions, long timeoutNanos) {
    UringWait.put(wait, timeoutNanos);
    int flags = Uring.IORING_ENTER_GETEVENTS | Uring.IORING_ENTER_EXT_ARG;
    return enter(completions, flags, wait, UringWait.BYTES);
  }

  private int enter(int minComplete, int flags, long argument, int argumentBytes) {
    int toSubmit = sqTail - Memory.getIntAcquire(sqHeadAddress);
    Memory.putIntRelease(sqTailAddress, sqTail);
    int enterFlags = flags;
    if ((setupFlags & Uring.IORING_SETUP_SQPOLL) != 0) {
      if (!sleeps() && flags == 0) {
        return toSubmit; // the kernel's thread sees the tail by itself
      }
      enterFlags |= Uring.IORING_ENTER_SQ_WAKEUP;
    }
    if (registeredFd == NOT_REGISTERED) {
      return Uring.enter(fd, toSubmit, minComplete, enterFlags, argument, argumentBytes);
    }
    enterFlags |= Uring.IORING_ENTER_REGISTERED_RING;
    return Uring.enter(registeredFd, toSubmit, minComplete, enterFlags, argument, argumentBytes);
  }

  /** The store of the tail must not be passed by this load: release and acquire allow that. */
  private boolean sleeps() {
    Memory.fullFence();
    return (Memory.getInt(sqFlagsAddress) & Uring.IORING_SQ_NEED_WAKEUP) != 0;
  }

  /** How many completions can be looked at now. */
  public int ready() {
    return Memory.getIntAcquire(cqTailAddress) - cqHead;
  }

  /**
   * What the request was submitted with.
   *
   * @param i below {@link #ready}, 0 for the oldest completion
   */
  public long userData(int i) {
    return Memory.getLong(cqe(i) + UringCqe.USER_DATA_OFFSET);
  }

  /** What the call would have returned, or {@code -errno}. */
  public int result(int i) {
    return Memory.getInt(cqe(i) + UringCqe.RESULT_OFFSET);
  }

  /** A set of the flags of {@link UringCqe}. */
  public int flags(int i) {
    return Memory.getInt(cqe(i) + UringCqe.FLAGS_OFFSET);
  }

  private long cqe(int i) {
    return cqes + (long) (cqHead + i & cqMask) * UringCqe.BYTES;
  }

  /** Gives the oldest completions back to the kernel; the next one is number 0 then. */
  public void advance(int completions) {
    cqHead += completions;
    Memory.putIntRelease(cqHeadAddress, cqHead);
  }

  /**
   * Whether completions wait in the kernel because the queue is full: advance, and then {@link
   * #submitAndPost} posts them. A multishot request that met the full queue has ended.
   */
  public boolean hasOverflowed() {
    return (Memory.getIntAcquire(sqFlagsAddress) & Uring.IORING_SQ_CQ_OVERFLOW) != 0;
  }

  /** Whether work waits for an enter with GETEVENTS; with IORING_SETUP_TASKRUN_FLAG. */
  public boolean hasWork() {
    return (Memory.getIntAcquire(sqFlagsAddress) & Uring.IORING_SQ_TASKRUN) != 0;
  }

  /**
   * Before entering: {@link #hasWork} is about what comes from now on. Without, it may stay true
   * for ever: who adds work sets the flag afterwards, when the work may be done already, and an
   * enter that finds none does not clear it.
   */
  public void forgetWork() {
    Memory.clearBits(sqFlagsAddress, Uring.IORING_SQ_TASKRUN);
  }

  /** How many completions were lost since the kernel had no memory to keep them; unsigned. */
  public int lostCompletions() {
    return Memory.getIntAcquire(overflowAddress);
  }

  /**
   * Closes the ring; to be called on its thread. Requests in flight are cancelled by the kernel a
   * little later, unseen: where their memory is to be freed at once, {@link UringCancel#cancelAll}
   * comes first. A second call does nothing.
   */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    if (registeredFd != NOT_REGISTERED) {
      long update = putRingUpdate(wait, registeredFd);
      Memory.putLong(update + UringFiles.UPDATE_DATA_OFFSET, 0);
      Uring.register(fd, Uring.IORING_UNREGISTER_RING_FDS, update, 1);
    }
    MemoryMap.unmap(queues, queuesBytes);
    MemoryMap.unmap(sqes, sqesBytes);
    Descriptors.close(fd);
    Memory.free(wait);
  }
}
