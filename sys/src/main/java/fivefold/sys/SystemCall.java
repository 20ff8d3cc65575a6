package fivefold.sys;

import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * A function of the C library that reports errors by errno. The one place where errno becomes a
 * returned number, and where an interrupted call is repeated.
 *
 * <p>The handle is not final, so that it is no constant to the JIT and what lies below it is
 * compiled apart from the callers. Inlined into them, the linker's own methods are eight deep; C2
 * inlines fifteen (MaxInlineLevel), and in a loop that was too few: the slice that the linker makes
 * of the {@link CallState} then became 32 bytes of garbage with each call. The jump costs no more
 * than can be measured: 12 ns for a call of nothing, either way.
 */
final class SystemCall {
  private MethodHandle handle;

  private SystemCall(MethodHandle handle) {
    this.handle = handle;
  }

  static SystemCall of(String function) {
    return new SystemCall(Native.link(function));
  }

  static SystemCall of(SymbolLookup library, String function) {
    return new SystemCall(Native.link(library, function));
  }

  /**
   * Calls the function.
   *
   * <p>The result is an int even where C has {@code ssize_t}: Linux moves at most 0x7ffff000 bytes
   * in one call (man 2 read, NOTES).
   *
   * @return the result, or {@code -errno}, {@code -EINTR} included
   */
  int once(long a, long b, long c, long d, long e, long f) {
    CallState state = CallState.take();
    try {
      int result = (int) (long) handle.invokeExact(state.segment(), a, b, c, d, e, f);
      return result != -1 ? result : -state.errno();
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  /** As {@link #once}, but a call that a signal interrupted is made again, man 7 signal. */
  int repeat(long a, long b, long c, long d, long e, long f) {
    int result;
    do {
      result = once(a, b, c, d, e, f);
    } while (result == -Errno.EINTR);
    return result;
  }

  /** Calls a function that returns a pointer. */
  long pointer(long a, long b) {
    CallState state = CallState.take();
    try {
      return (long) handle.invokeExact(state.segment(), a, b, 0L, 0L, 0L, 0L);
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  /** Calls a function that returns a pointer, or all bits set and errno: mmap(2). */
  long pointerOrErrno(long a, long b, long c, long d, long e, long f) {
    CallState state = CallState.take();
    try {
      long result = (long) handle.invokeExact(state.segment(), a, b, c, d, e, f);
      return result != -1 ? result : -state.errno();
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  int once() {
    return once(0, 0, 0, 0, 0, 0);
  }

  int once(long a) {
    return once(a, 0, 0, 0, 0, 0);
  }

  int once(long a, long b) {
    return once(a, b, 0, 0, 0, 0);
  }

  int once(long a, long b, long c) {
    return once(a, b, c, 0, 0, 0);
  }

  int once(long a, long b, long c, long d) {
    return once(a, b, c, d, 0, 0);
  }

  int once(long a, long b, long c, long d, long e) {
    return once(a, b, c, d, e, 0);
  }

  int repeat(long a, long b, long c) {
    return repeat(a, b, c, 0, 0, 0);
  }

  int repeat(long a, long b, long c, long d) {
    return repeat(a, b, c, d, 0, 0);
  }
}
