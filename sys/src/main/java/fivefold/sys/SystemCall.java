package fivefold.sys;

import java.lang.invoke.MethodHandle;

/**
 * A function of the C library that reports errors by errno. The one place where errno becomes a
 * returned number, and where an interrupted call is repeated.
 *
 * <p>A result is an int even where C has {@code ssize_t}: Linux moves at most 0x7ffff000 bytes in
 * one call (man 2 read, NOTES).
 *
 * <p>A record, because the JIT trusts the final fields of records: kept in a {@code static final},
 * the handle is a constant and the call compiles to a direct one.
 */
record SystemCall(MethodHandle handle) {
  static SystemCall of(String function, int arguments) {
    return new SystemCall(Native.errnoCall(function, arguments));
  }

  /** For a function declared with {@code ...} after its fixed arguments. */
  static SystemCall variadic(String function, int arguments, int fixedArguments) {
    return new SystemCall(Native.errnoCall(function, arguments, fixedArguments));
  }

  // once(...): the result, or -errno, -EINTR included.

  int once() {
    CallState state = CallState.take();
    try {
      return resultOrErrno((int) handle.invokeExact(state.segment()), state);
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  int once(long a) {
    CallState state = CallState.take();
    try {
      return resultOrErrno((int) handle.invokeExact(state.segment(), a), state);
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  int once(long a, long b) {
    CallState state = CallState.take();
    try {
      return resultOrErrno((int) handle.invokeExact(state.segment(), a, b), state);
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  int once(long a, long b, long c) {
    CallState state = CallState.take();
    try {
      return resultOrErrno((int) handle.invokeExact(state.segment(), a, b, c), state);
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  int once(long a, long b, long c, long d) {
    CallState state = CallState.take();
    try {
      return resultOrErrno((int) handle.invokeExact(state.segment(), a, b, c, d), state);
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  int once(long a, long b, long c, long d, long e) {
    CallState state = CallState.take();
    try {
      return resultOrErrno((int) handle.invokeExact(state.segment(), a, b, c, d, e), state);
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  int once(long a, long b, long c, long d, long e, long f) {
    CallState state = CallState.take();
    try {
      return resultOrErrno((int) handle.invokeExact(state.segment(), a, b, c, d, e, f), state);
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  // repeat(...): as once, but an interrupted call is made again (man 7 signal).

  int repeat(long a, long b, long c) {
    int result;
    do {
      result = once(a, b, c);
    } while (result == -Errno.EINTR);
    return result;
  }

  int repeat(long a, long b, long c, long d) {
    int result;
    do {
      result = once(a, b, c, d);
    } while (result == -Errno.EINTR);
    return result;
  }

  int repeat(long a, long b, long c, long d, long e, long f) {
    int result;
    do {
      result = once(a, b, c, d, e, f);
    } while (result == -Errno.EINTR);
    return result;
  }

  private static int resultOrErrno(int result, CallState state) {
    return result != -1 ? result : -state.errno();
  }
}
