package fivefold.lab.doctor;

import org.jspecify.annotations.Nullable;

/**
 * Commands that mend a finding, as one pastes them into a shell.
 *
 * @param now works at once, and until the next start of the system or shell
 * @param lasting works from then on; null where {@code now} already does
 */
public record Mend(String now, @Nullable String lasting) {

  /** For good. */
  static Mend command(String command) {
    return new Mend(command, null);
  }

  /** sysctl(8), sysctl.d(5). */
  static Mend sysctl(String name, String value) {
    String setting = name + "=" + value;
    String word = value.contains(" ") ? "'" + setting + "'" : setting;
    return new Mend(
        "sudo sysctl -w " + word,
        "echo '" + setting + "' | sudo tee -a /etc/sysctl.d/fivefold.conf");
  }

  /**
   * prlimit(1) raises the shell it is typed in; limits.conf(5) names root apart from all others.
   */
  static Mend limit(String name, String value) {
    return new Mend(
        "sudo prlimit --pid $$ --" + name + "=" + value,
        "printf '%s - "
            + name
            + " "
            + value
            + "\\n' '*' root | sudo tee -a /etc/security/limits.d/fivefold.conf");
  }
}
