package fivefold.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The native memory that one call needs: where errno is captured, and room for a small struct that
 * goes in or comes out.
 *
 * <p>A platform thread owns one for its life. Virtual threads may be millions, so they share a pool
 * of a few: a state is taken around the call, and at most as many are out at once as there are
 * carrier threads. Should there ever be more, the surplus is made for the one call and left to the
 * garbage collector.
 */
final class CallState {
  /** A cache line, so that two threads never write to the same one. */
  private static final int BYTES = 64;

  /** errno is an int at 0; the struct starts aligned for anything. */
  private static final int STRUCT_OFFSET = 16;

  static final int STRUCT_BYTES = BYTES - STRUCT_OFFSET;

  private static final ThreadLocal<CallState> OF_PLATFORM_THREAD =
      ThreadLocal.withInitial(CallState::new);

  private final AtomicBoolean taken = new AtomicBoolean();
  private final MemorySegment segment = Arena.ofAuto().allocate(BYTES, BYTES);

  /** Where the linker writes errno. */
  MemorySegment segment() {
    return segment;
  }

  /** The address of {@link #STRUCT_BYTES} bytes for a struct. */
  long struct() {
    return segment.address() + STRUCT_OFFSET;
  }

  /** The errno of the call that was just made with this state. */
  int errno() {
    return Memory.getInt(segment.address());
  }

  /** A state for the current thread until {@link #release}. */
  static CallState take() {
    Thread thread = Thread.currentThread();
    return thread.isVirtual() ? Pool.take(thread) : OF_PLATFORM_THREAD.get();
  }

  /** Returns the state; to be called on every way out. */
  void release() {
    taken.setRelease(false);
  }

  /** In a class of its own, so that a program without virtual threads does not make it. */
  private static final class Pool {
    private static final CallState[] STATES = new CallState[size()];

    static {
      for (int i = 0; i < STATES.length; i++) {
        STATES[i] = new CallState();
      }
    }

    /** A power of two, roomy enough that a free one is usually found at the first look. */
    private static int size() {
      return Math.max(16, Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 8);
    }

    static CallState take(Thread thread) {
      int start = (int) thread.threadId();
      for (int i = 0; i < STATES.length; i++) {
        CallState state = STATES[(start + i) & (STATES.length - 1)];
        if (!state.taken.getPlain() && state.taken.compareAndSet(false, true)) {
          return state;
        }
      }
      return new CallState();
    }
  }
}
