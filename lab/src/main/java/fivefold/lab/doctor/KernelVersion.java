package fivefold.lab.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a kernel's release; 0.0 for one that has none. */
record KernelVersion(int major, int minor) {
  private static final Pattern RELEASE =
      Pattern.compile("(\\d{1,5})\\.(\\d{1,5}).*", Pattern.DOTALL);

  static KernelVersion of(String release) {
    Matcher matcher = RELEASE.matcher(release);
    return matcher.matches()
        ? new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
        : new KernelVersion(0, 0);
  }

  boolean isAtLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }
}
