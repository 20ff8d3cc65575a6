package fivefold.lab.doctor;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param name what, in the system's own word where it has one: {@code net.core.somaxconn}
 * @param value what it is here
 * @param effect what that does to a server, in plain words
 * @param mend what to do about it; null where there is nothing to be done
 */
public record Finding(
    Status status, String name, String value, String effect, @Nullable Mend mend) {

  /** How much it matters. */
  public enum Status {
    /** As it should be. */
    OK,
    /** Works, but costs or limits something. */
    NOTE,
    /** Stands in the way. */
    PROBLEM
  }

  static Finding ok(String name, String value, String effect) {
    return new Finding(Status.OK, name, value, effect, null);
  }

  static Finding note(String name, String value, String effect) {
    return new Finding(Status.NOTE, name, value, effect, null);
  }

  static Finding note(String name, String value, String effect, @Nullable Mend mend) {
    return new Finding(Status.NOTE, name, value, effect, mend);
  }

  static Finding problem(String name, String value, String effect, @Nullable Mend mend) {
    return new Finding(Status.PROBLEM, name, value, effect, mend);
  }
}
