package fivefold.lab.exhibit.page;

import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Figure.Bar;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the bars of a figure are, from 0 to 1: by their amounts, or by the logarithms of them.
 */
final class BarScale {
  private final double most;
  private final @Nullable LogAxis axis;

  BarScale(Figure.Bars figure) {
    double[] values = figure.bars().stream().mapToDouble(Bar::value).toArray();
    axis = figure.isLogarithmic() ? LogAxis.of(values) : null;
    most = Arrays.stream(values).max().orElse(0);
  }

  double length(double value) {
    if (value <= 0) {
      return 0;
    }
    return axis == null ? value / most : axis.part(value);
  }

  /** The same, when the longest may have so many columns. */
  int column(double value, int longest) {
    return (int) Math.round(length(value) * longest);
  }

  /** Powers of ten; none where a bar's length can be read without. */
  List<Double> ticks() {
    return axis == null ? List.of() : axis.ticks();
  }
}
