package fivefold.sys;

/** The processor architectures whose native layouts this module knows. */
public enum Architecture {
  X86_64,
  AARCH64,
  /** Any other: the native calls are not available there. */
  OTHER;

  /**
   * The architecture that the JVM names.
   *
   * @param osArch a value of the system property {@code os.arch}
   */
  static Architecture of(String osArch) {
    return switch (osArch) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default -> OTHER;
    };
  }
}
