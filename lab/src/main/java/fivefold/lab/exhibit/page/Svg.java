package fivefold.lab.exhibit.page;

import static java.util.Locale.ROOT;

/** Elements of SVG as text; colours and alignment are the style sheet's. */
final class Svg {
  /** The style sheet has so many colours. */
  private static final int COLOURS = 5;

  private Svg() {}

  static String open(int width, int height, String label) {
    return String.format(
        ROOT,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
        width,
        height,
        escape(label));
  }

  /** A text that begins, ends or is centred at x, by its class. */
  static String text(double x, double y, String classes, String text) {
    return String.format(
        ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", classes, x, y, escape(text));
  }

  static String rectangle(String style, double x, double y, double width, double height) {
    return String.format(
        ROOT,
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
        style,
        x,
        y,
        width,
        height);
  }

  static String gridLine(double x1, double y1, double x2, double y2) {
    return String.format(
        ROOT,
        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
        x1,
        y1,
        x2,
        y2);
  }

  static String dot(int colour, double x, double y) {
    return String.format(
        ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>%n", fill(colour), x, y);
  }

  static String fill(int colour) {
    return "m" + colour % COLOURS;
  }

  static String stroke(int colour) {
    return "l" + colour % COLOURS;
  }

  /** For element content and for attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
