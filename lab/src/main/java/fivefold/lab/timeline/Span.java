package fivefold.lab.timeline;

/**
 * A lane does one thing from one time to another.
 *
 * @param label written into the span where there is room; may be empty
 */
public record Span(Activity activity, String label, long fromNanos, long toNanos) {

  /** Checks that it does not end before it begins. */
  public Span {
    if (toNanos < fromNanos) {
      throw new IllegalArgumentException(
          "span " + label + " ends " + (fromNanos - toNanos) + " ns before it begins");
    }
  }

  public long nanos() {
    return toNanos - fromNanos;
  }
}
