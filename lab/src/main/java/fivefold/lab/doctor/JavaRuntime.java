package fivefold.lab.doctor;

import fivefold.sys.Platform;

/**
 * The JVM this runs on.
 *
 * @param version of the JDK, {@code 25.0.3+9}
 * @param vendor who built it
 * @param vmInfo {@code java.vm.info}, which tells whether an archive of classes is in use
 * @param nativeAccess whether {@code fivefold.sys} may make native calls
 */
record JavaRuntime(String version, String vendor, String vmInfo, NativeAccess nativeAccess) {
  /** JEP 472. */
  enum NativeAccess {
    GRANTED,
    WITH_A_WARNING,
    DENIED
  }

  static JavaRuntime here() {
    return new JavaRuntime(
        Runtime.version().toString(),
        System.getProperty("java.vendor", "unknown"),
        System.getProperty("java.vm.info", ""),
        nativeAccessHere());
  }

  private static NativeAccess nativeAccessHere() {
    if (Platform.class.getModule().isNativeAccessEnabled()) {
      return NativeAccess.GRANTED;
    }
    return Platform.unavailable().filter(why -> why.contains("native access")).isPresent()
        ? NativeAccess.DENIED
        : NativeAccess.WITH_A_WARNING;
  }
}
