package fivefold.lab.timeline;

import fivefold.lab.draw.RoundStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a time stands between the left edge, 0, and the right edge, 1. Straight, or with one
 * stretch of time pressed together, so that microseconds are seen after a wait of milliseconds; the
 * charts mark the place.
 */
public final class TimeScale {
  /** What of the width the pressed stretch keeps. */
  private static final double PRESSED_SHARE = 0.12;

  private final long fromNanos;
  private final long toNanos;
  private final long pressFromNanos;
  private final long pressToNanos;

  private TimeScale(long fromNanos, long toNanos, long pressFromNanos, long pressToNanos) {
    if (fromNanos >= toNanos || pressFromNanos < fromNanos || pressToNanos > toNanos) {
      throw new IllegalArgumentException(
          "no scale from " + fromNanos + " to " + toNanos + " ns: it needs a length");
    }
    this.fromNanos = fromNanos;
    this.toNanos = toNanos;
    this.pressFromNanos = pressFromNanos;
    this.pressToNanos = pressToNanos;
  }

  /** Equal times are equally wide. */
  public static TimeScale linear(long fromNanos, long toNanos) {
    return new TimeScale(fromNanos, toNanos, fromNanos, fromNanos);
  }

  /** Equal times are equally wide before and after the stretch that is pressed together. */
  public static TimeScale pressed(
      long fromNanos, long pressFromNanos, long pressToNanos, long toNanos) {
    return pressFromNanos >= pressToNanos
        ? linear(fromNanos, toNanos)
        : new TimeScale(fromNanos, toNanos, pressFromNanos, pressToNanos);
  }

  boolean isPressed() {
    return pressToNanos > pressFromNanos;
  }

  /** The middle of the pressed stretch. */
  double pressedAt() {
    return (at(pressFromNanos) + at(pressToNanos)) / 2;
  }

  /** From 0 to 1; what lies outside is put to the edge. */
  public double at(long nanos) {
    long inside = Math.clamp(nanos, fromNanos, toNanos);
    double pressedShare = isPressed() ? PRESSED_SHARE : 0;
    double straightNanos =
        (double) (toNanos - fromNanos) - (double) (pressToNanos - pressFromNanos);
    double perNano = straightNanos > 0 ? (1 - pressedShare) / straightNanos : 0;
    if (inside <= pressFromNanos) {
      return (inside - fromNanos) * perNano;
    }
    double before = (pressFromNanos - fromNanos) * perNano;
    if (inside < pressToNanos) {
      double within = (double) (inside - pressFromNanos) / (double) (pressToNanos - pressFromNanos);
      return before + within * pressedShare;
    }
    return before + pressedShare + (inside - pressToNanos) * perNano;
  }

  /**
   * Times to be written on the axis: 0, and round numbers not nearer to each other than a share.
   */
  List<Long> ticks(double leastShare) {
    double straight = (double) (toNanos - fromNanos) - (double) (pressToNanos - pressFromNanos);
    double width = isPressed() ? 1 - PRESSED_SHARE : 1;
    long step = Math.max(1, (long) RoundStep.notBelow(straight * leastShare / width));
    List<Long> ticks = new ArrayList<>();
    for (long nanos = Math.ceilDiv(fromNanos, step) * step; nanos <= toNanos; nanos += step) {
      if (nanos > pressFromNanos && nanos < pressToNanos) {
        nanos = Math.floorDiv(pressToNanos, step) * step;
        if (nanos < pressToNanos) {
          continue;
        }
      }
      ticks.add(nanos);
    }
    return ticks;
  }

  /** A time in the unit that suits it: {@code 0}, {@code 250 us}, {@code -1.2 ms}, {@code 3 s}. */
  public static String text(long nanos) {
    long size = Math.abs(nanos);
    if (size == 0) {
      return "0";
    }
    if (size < 1_000) {
      return nanos + " ns";
    }
    if (size < 1_000_000) {
      return number(nanos / 1e3) + " us";
    }
    return size < 1_000_000_000 ? number(nanos / 1e6) + " ms" : number(nanos / 1e9) + " s";
  }

  /** Three digits, and no zeros behind the point. */
  private static String number(double value) {
    double size = Math.abs(value);
    int decimals = size < 10 ? 2 : size < 100 ? 1 : 0;
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return decimals == 0 ? text : text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
  }
}
