package fivefold.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The only user of {@link Linker}: makes handles for functions of the C library.
 *
 * <p>Every function is described alike, as taking and returning 64-bit integers, six of them,
 * whatever its prototype. Both ABIs (System V x86-64, AAPCS64) pass the first six integers and
 * pointers in a register each; a callee reads the registers it has parameters for, and of an {@code
 * int} the lower half. Functions declared with {@code ...} are called the same way on Linux. One
 * description means that the linker spins one stub for all, in some 4 to 10 ms, and that each
 * further function costs 0.1 ms.
 */
final class Native {
  private static final Linker LINKER = Linker.nativeLinker();

  private static final FunctionDescriptor SIX_INTEGERS =
      FunctionDescriptor.of(
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG,
          ValueLayout.JAVA_LONG);

  private static final FunctionDescriptor SEVEN_INTEGERS =
      SIX_INTEGERS.appendArgumentLayouts(ValueLayout.JAVA_LONG);

  /** On Linux the captured state is one int, errno, at 0. */
  private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

  private Native() {}

  /** Whether the C library has the function: an old one lacks the newest system calls. */
  static boolean has(String function) {
    return LINKER.defaultLookup().find(function).isPresent();
  }

  /** A handle of type {@code (MemorySegment state, long, long, long, long, long, long) long}. */
  static MethodHandle link(String function) {
    requireLinux();
    return link(LINKER.defaultLookup(), function);
  }

  /** As {@link #link(String)}, from a library of the caller's, and on any system. */
  static MethodHandle link(SymbolLookup library, String function) {
    return LINKER.downcallHandle(find(library, function), SIX_INTEGERS, CAPTURE_ERRNO);
  }

  /** The library that is in every process. */
  static SymbolLookup systemLibrary() {
    return LINKER.defaultLookup();
  }

  /**
   * dlopen(3), for the life of the process.
   *
   * @throws IllegalArgumentException when there is no such library
   */
  static SymbolLookup library(String name) {
    return SymbolLookup.libraryLookup(name, Arena.global());
  }

  /**
   * syscall(2) with all it can take, the number and six arguments: of type {@code (MemorySegment
   * state, long number, long, long, long, long, long, long) long}. A stub of its own, since x86-64
   * passes the seventh integer on the stack: link it only for calls that need the sixth argument.
   */
  static MethodHandle linkSystemCall() {
    requireLinux();
    MemorySegment syscall = find(LINKER.defaultLookup(), "syscall");
    return LINKER.downcallHandle(syscall, SEVEN_INTEGERS, CAPTURE_ERRNO);
  }

  private static MemorySegment find(SymbolLookup library, String function) {
    return library
        .find(function)
        .orElseThrow(
            () -> new UnsupportedOperationException("the C library has no " + function + "()"));
  }

  private static void requireLinux() {
    Optional<String> unavailable = Platform.unavailable();
    if (unavailable.isPresent()) {
      throw new UnsupportedOperationException("native calls: " + unavailable.get());
    }
  }

  /** A downcall handle throws only when it was called with the wrong types. */
  static AssertionError impossible(Throwable thrown) {
    return new AssertionError("a native call threw", thrown);
  }
}
