package fivefold.sys;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether the native calls of this module work here. The only class of the module that may be
 * touched anywhere: it links nothing, and nothing it does throws.
 *
 * <pre>{@code
 * Platform.unavailable().ifPresent(reason -> System.err.println("epoll: " + reason));
 * }</pre>
 */
public final class Platform {
  private static final String OS = property("os.name");
  private static final String OS_ARCH = property("os.arch");

  private Platform() {}

  /** Whether this is Linux. */
  public static boolean isLinux() {
    return OS.equals("Linux");
  }

  /** The architecture this JVM runs on. */
  public static Architecture architecture() {
    return Architecture.of(OS_ARCH);
  }

  /**
   * Why the native calls do not work here, and what to do about it; empty when they work.
   *
   * <p>Where native access was neither granted nor denied, the JVM allows it with a warning (JEP
   * 472): the calls work, and asking here may be what prints that warning.
   */
  public static Optional<String> unavailable() {
    return unavailable(OS, OS_ARCH, Platform::isNativeAccessDenied);
  }

  static Optional<String> unavailable(
      String os, String osArch, BooleanSupplier nativeAccessDenied) {
    if (!os.equals("Linux")) {
      return Optional.of(
          "needs Linux, and this is " + os + ": choose a model that the JDK itself offers");
    }
    if (Architecture.of(osArch) == Architecture.OTHER) {
      return Optional.of(
          "needs x86-64 or aarch64, and this JVM is for "
              + osArch
              + ": choose a model that the JDK itself offers");
    }
    if (nativeAccessDenied.getAsBoolean()) {
      return Optional.of(
          "native access is denied to this JVM: add --enable-native-access=" + moduleName());
    }
    return Optional.empty();
  }

  /** Asks by doing: a restricted method that needs nothing of the linker. */
  private static boolean isNativeAccessDenied() {
    if (Platform.class.getModule().isNativeAccessEnabled()) {
      return false;
    }
    try {
      MemorySegment.NULL.reinterpret(1);
      return false;
    } catch (IllegalCallerException denied) {
      return true;
    }
  }

  /** On the class path everything is one unnamed module, and the flag has another word for it. */
  private static String moduleName() {
    String name = Platform.class.getModule().getName();
    return name != null ? name : "ALL-UNNAMED";
  }

  private static String property(String name) {
    try {
      return System.getProperty(name, "unknown");
    } catch (RuntimeException forbidden) {
      return "unknown";
    }
  }
}
