package fivefold.sys;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/**
 * The only user of {@link Linker}: makes handles for functions of the C library.
 *
 * <p>All arguments are described as 64-bit integers, whatever their C type. Both ABIs (System V
 * x86-64, AAPCS64) pass an {@code int} or a pointer in a whole register and leave the upper half of
 * an {@code int} argument undefined, so the callee takes its half. One description for each number
 * of arguments means that the linker makes a stub for each number, not for each function: that is
 * most of the start-up cost.
 */
final class Native {
  private static final Linker LINKER;

  static {
    Optional<String> unavailable = Platform.unavailable();
    if (unavailable.isPresent()) {
      throw new UnsupportedOperationException("native calls: " + unavailable.get());
    }
    LINKER = Linker.nativeLinker();
  }

  /** Linker.Option.captureStateLayout() on Linux is one int, errno, at 0. */
  private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

  private Native() {}

  /** Whether the C library has the function: old ones lack the newest system calls. */
  static boolean has(String function) {
    return LINKER.defaultLookup().find(function).isPresent();
  }

  /**
   * A handle of type {@code (MemorySegment state, long... arguments) int} that captures errno into
   * the state.
   */
  static MethodHandle errnoCall(String function, int arguments) {
    return LINKER.downcallHandle(find(function), returningInt(arguments), CAPTURE_ERRNO);
  }

  /** As {@link #errnoCall}, for a function declared with {@code ...} after its fixed arguments. */
  static MethodHandle errnoCall(String function, int arguments, int fixedArguments) {
    return LINKER.downcallHandle(
        find(function),
        returningInt(arguments),
        CAPTURE_ERRNO,
        Linker.Option.firstVariadicArg(fixedArguments));
  }

  /** A handle for a function that sets no errno worth reading. */
  static MethodHandle plainCall(String function, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(find(function), descriptor);
  }

  /** A downcall handle throws only when it was called with the wrong types. */
  static AssertionError impossible(Throwable thrown) {
    return new AssertionError("a native call threw", thrown);
  }

  private static FunctionDescriptor returningInt(int arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments];
    Arrays.fill(layouts, ValueLayout.JAVA_LONG);
    return FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts);
  }

  private static MemorySegment find(String function) {
    return LINKER
        .defaultLookup()
        .find(function)
        .orElseThrow(
            () -> new UnsupportedOperationException("the C library has no " + function + "()"));
  }
}
