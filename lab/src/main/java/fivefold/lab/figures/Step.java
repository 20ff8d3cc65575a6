package fivefold.lab.figures;

/**
 * One call, or one piece of work, of the traced thread.
 *
 * @param result what the call returned, or {@code -errno}
 */
record Step(Doing doing, long fromNanos, long toNanos, long result) {

  long nanos() {
    return toNanos - fromNanos;
  }
}
