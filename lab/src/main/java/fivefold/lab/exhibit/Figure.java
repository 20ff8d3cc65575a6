package fivefold.lab.exhibit;

import fivefold.lab.timeline.Activity;
import fivefold.lab.timeline.Span;
import java.util.List;
import java.util.Map;

/** What a run has measured, to be drawn. */
public sealed interface Figure {

  Words caption();

  /**
   * Amounts beside each other.
   *
   * @param isLogarithmic whether each step of the axis is ten times the one before; all values are
   *     then at least 1
   */
  record Bars(Words caption, List<Bar> bars, boolean isLogarithmic) implements Figure {
    Bars(Words caption, List<Bar> bars) {
      this(caption, bars, false);
    }

    static Bars logarithmic(Words caption, List<Bar> bars) {
      return new Bars(caption, bars, true);
    }
  }

  /**
   * One amount.
   *
   * @param value gives the length; not negative
   * @param text the amount with its unit
   */
  record Bar(Words label, double value, String text) {
    static Bar of(Words label, double value, String text) {
      return new Bar(label, value, text);
    }

    static Bar of(Words label, long value, String text) {
      return new Bar(label, (double) value, text);
    }
  }

  /**
   * Who did what when, all on one axis of time.
   *
   * @param legend what each activity is called
   * @param leastNanos how long the axis is at least, so that figures of one exhibit can be compared
   */
  record Lanes(Words caption, Map<Activity, Words> legend, List<Lane> lanes, long leastNanos)
      implements Figure {}

  /** One row of time. */
  record Lane(Words label, List<Span> spans) {}

  /** Text in rows and columns. */
  record Table(Words caption, List<Words> heads, List<List<Words>> rows) implements Figure {}

  /** Amounts over a setting, on logarithmic axes; all values above 0. */
  record Curves(Words caption, Words x, Words y, List<Curve> curves) implements Figure {}

  /** One line of points, from left to right. */
  record Curve(Words label, List<Point> points) {}

  /** One point. */
  record Point(double x, double y) {}
}
