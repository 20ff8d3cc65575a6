package fivefold.lab.exhibit.page;

import static java.util.Locale.ROOT;

import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Figure.Curve;
import fivefold.lab.exhibit.Figure.Point;
import fivefold.lab.exhibit.Texts;
import java.util.function.ToDoubleFunction;

/** Curves over a setting, on logarithmic axes. */
final class SvgCurves {
  private static final int WIDTH = 860;
  private static final int LEFT = 70;
  private static final int RIGHT = WIDTH - 130;
  private static final int TOP = 30;
  private static final int BOTTOM = 310;
  private static final int HEIGHT = BOTTOM + 50;

  private final Figure.Curves figure;
  private final Texts texts;
  private final LogAxis x;
  private final LogAxis y;

  SvgCurves(Figure.Curves figure, Texts texts) {
    this.figure = figure;
    this.texts = texts;
    this.x = axis(Point::x);
    this.y = axis(Point::y);
  }

  private LogAxis axis(ToDoubleFunction<Point> value) {
    return LogAxis.of(
        figure.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(value)
            .toArray());
  }

  String draw() {
    StringBuilder svg = new StringBuilder(Svg.open(WIDTH, HEIGHT, texts.say(figure.caption())));
    for (double tick : x.ticks()) {
      double at = across(tick);
      svg.append(Svg.gridLine(at, TOP, at, BOTTOM));
      svg.append(Svg.text(at, BOTTOM + 18, "quiet middle", LogAxis.label(tick)));
    }
    for (double tick : y.ticks()) {
      double at = up(tick);
      svg.append(Svg.gridLine(LEFT, at, RIGHT, at));
      svg.append(Svg.text(LEFT - 8, at + 4, "quiet end", LogAxis.label(tick)));
    }
    svg.append(Svg.text((LEFT + RIGHT) / 2.0, BOTTOM + 40, "middle", texts.say(figure.x())));
    svg.append(Svg.text(LEFT - 60, 14, "begin", texts.say(figure.y())));
    for (int i = 0; i < figure.curves().size(); i++) {
      curve(svg, figure.curves().get(i), i);
    }
    return svg.append("</svg>\n").toString();
  }

  private void curve(StringBuilder svg, Curve curve, int colour) {
    if (curve.points().isEmpty()) {
      return;
    }
    svg.append("<polyline class=\"").append(Svg.stroke(colour)).append("\" points=\"");
    for (Point point : curve.points()) {
      svg.append(String.format(ROOT, "%.1f,%.1f ", across(point.x()), up(point.y())));
    }
    svg.append("\"/>\n");
    curve.points().forEach(point -> svg.append(Svg.dot(colour, across(point.x()), up(point.y()))));
    Point last = curve.points().getLast();
    svg.append(
        Svg.text(across(last.x()) + 10, up(last.y()) + 4, "begin", texts.say(curve.label())));
  }

  private double across(double value) {
    return LEFT + x.part(value) * (RIGHT - LEFT);
  }

  private double up(double value) {
    return BOTTOM - y.part(value) * (BOTTOM - TOP);
  }
}
