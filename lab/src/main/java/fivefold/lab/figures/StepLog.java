package fivefold.lab.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * What the traced thread has done, in arrays made beforehand: to note a step costs the clock and
 * four stores. When it is full, further steps lengthen the last one.
 */
final class StepLog {
  private static final int CAPACITY = 1 << 16;

  private final Doing[] doing = new Doing[CAPACITY];
  private final long[] from = new long[CAPACITY];
  private final long[] to = new long[CAPACITY];
  private final long[] result = new long[CAPACITY];
  private int size;

  void clear() {
    size = 0;
  }

  /** Notes a step that ends now. */
  void add(Doing what, long fromNanos, long itsResult) {
    long now = System.nanoTime();
    if (size == CAPACITY) {
      to[size - 1] = now;
      return;
    }
    doing[size] = what;
    from[size] = fromNanos;
    to[size] = now;
    result[size++] = itsResult;
  }

  /** A copy, its times as distances from a moment. */
  List<Step> since(long nanos) {
    List<Step> steps = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      steps.add(new Step(doing[i], from[i] - nanos, to[i] - nanos, result[i]));
    }
    return steps;
  }
}
