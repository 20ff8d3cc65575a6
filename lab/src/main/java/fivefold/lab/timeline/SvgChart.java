package fivefold.lab.timeline;

import fivefold.lab.draw.TextWidth;
import java.util.Locale;

/**
 * A chart as SVG. A span's label is seen where there is room, and always when it is pointed at.
 * Colours follow the reader's light or dark, by {@link #STYLE}.
 */
public final class SvgChart {
  /** What its classes look like; once in each document. */
  public static final String STYLE =
      """
      .timeline { --tl-ink:#1d2129; --tl-quiet:#5e6673; --tl-line:#dcdfe4; --tl-row:#f3f4f6;
        --tl-on:#fff; --tl-work:#2f8049; --tl-wait:#cfd4dc; --tl-ask:#e3a21a; --tl-copy:#2f6fd0; --tl-handle:#8a5ad0;
        font:13px system-ui,-apple-system,"Noto Sans SC","Noto Sans CJK SC",sans-serif; }
      @media (prefers-color-scheme: dark) { .timeline { --tl-ink:#e5e8ec; --tl-quiet:#9aa3b0;
        --tl-line:#333a45; --tl-row:#1c2027; --tl-on:#14171c; --tl-work:#4cb36f; --tl-wait:#4a5260; --tl-ask:#e0aa3e;
        --tl-copy:#5b95ee; --tl-handle:#a582e6; } }
      .timeline text { fill:var(--tl-ink); }
      .timeline .tick, .timeline .key { fill:var(--tl-quiet); font-size:12px; }
      .timeline .tick { text-anchor:middle; }
      .timeline .title { font-weight:600; font-size:15px; }
      .timeline .lane { text-anchor:end; }
      .timeline .row { fill:var(--tl-row); }
      .timeline .grid { stroke:var(--tl-line); }
      .timeline .mark { stroke:var(--tl-ink); stroke-dasharray:3 3; }
      .timeline .gap { stroke:var(--tl-quiet); stroke-width:1.5; fill:none; }
      .timeline .label { text-anchor:middle; font-size:12px; }
      .timeline .on-work, .timeline .on-copy, .timeline .on-handle { fill:var(--tl-on); }
      .timeline .on-ask { fill:#1d2129; }
      .timeline .span-work { fill:var(--tl-work); } .timeline .span-wait { fill:var(--tl-wait); }
      .timeline .span-ask { fill:var(--tl-ask); } .timeline .span-copy { fill:var(--tl-copy); }
      .timeline .span-handle { fill:var(--tl-handle); }
      """;

  private static final int WIDTH = 960;
  private static final int RIGHT = 24;
  private static final int TITLE_HEIGHT = 30;
  private static final int MARK_HEIGHT = 18;
  private static final int ROW_HEIGHT = 30;
  private static final int BAR_HEIGHT = 22;
  private static final int AXIS_HEIGHT = 26;
  private static final int LEGEND_HEIGHT = 24;
  private static final double COLUMN_WIDTH = 7.0;

  private final Chart chart;
  private final StringBuilder svg = new StringBuilder();
  private final double left;
  private final int titleHeight;
  private final int lanesTop;
  private final int lanesBottom;

  private SvgChart(Chart chart, int titleHeight) {
    this.chart = chart;
    this.titleHeight = titleHeight;
    int names = chart.lanes().stream().mapToInt(lane -> TextWidth.of(lane.name())).max().orElse(0);
    this.left = Math.ceil(names * COLUMN_WIDTH + 24);
    this.lanesTop = titleHeight + chart.marks().size() * MARK_HEIGHT + 4;
    this.lanesBottom = lanesTop + chart.lanes().size() * ROW_HEIGHT;
  }

  /** For a document that has {@link #STYLE}. */
  public static String element(Chart chart) {
    return new SvgChart(chart, TITLE_HEIGHT).render(false);
  }

  /** The same without its title, for where the document has a caption that says it. */
  public static String captioned(Chart chart) {
    return new SvgChart(chart, 0).render(false);
  }

  /** A file of its own. */
  public static String document(Chart chart) {
    return new SvgChart(chart, TITLE_HEIGHT).render(true);
  }

  private String render(boolean alone) {
    int height = lanesBottom + AXIS_HEIGHT + LEGEND_HEIGHT;
    add(
        String.format(
            Locale.ROOT,
            "<svg class=\"timeline\" %sviewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
            alone ? "xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH + "\" " : "",
            WIDTH,
            height,
            escape(chart.title())));
    if (alone) {
      svg.append("<style>\n").append(STYLE).append("</style>\n");
    }
    if (titleHeight > 0) {
      add(
          String.format(
              Locale.ROOT,
              "<text class=\"title\" x=\"4\" y=\"19\">%s</text>",
              escape(chart.title())));
    }
    axis();
    for (int i = 0; i < chart.lanes().size(); i++) {
      lane(chart.lanes().get(i), lanesTop + i * ROW_HEIGHT);
    }
    for (int i = 0; i < chart.marks().size(); i++) {
      mark(chart.marks().get(i), titleHeight + (i + 1) * MARK_HEIGHT - 5);
    }
    gap();
    legend(height - 7);
    return svg.append("</svg>\n").toString();
  }

  private void axis() {
    for (long tick : chart.scale().ticks(0.08)) {
      double x = x(tick);
      add(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
              x,
              x,
              lanesTop,
              lanesBottom + 5));
      add(
          String.format(
              Locale.ROOT,
              "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s</text>",
              x,
              lanesBottom + 18,
              TimeScale.text(tick)));
    }
  }

  private void lane(Lane lane, int top) {
    int y = top + (ROW_HEIGHT - BAR_HEIGHT) / 2;
    add(
        String.format(
            Locale.ROOT,
            "<text class=\"lane\" x=\"%.1f\" y=\"%d\">%s</text>",
            left - 10,
            top + ROW_HEIGHT / 2 + 5,
            escape(lane.name())));
    for (Raster.Run run : new Raster(lane, chart.scale(), (int) (WIDTH - left - RIGHT)).runs()) {
      run(run, y);
    }
  }

  private void run(Raster.Run run, int y) {
    double x = left + run.fromCell();
    int width = run.toCell() - run.fromCell();
    String name = run.label().isEmpty() ? chart.legendOf(run.activity()) : run.label();
    add(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%d\" height=\"%d\"><title>%s</title></rect>",
            "span-" + run.activity().word(),
            x,
            y,
            width,
            BAR_HEIGHT,
            escape(pointedAt(run, name))));
    if (!run.label().isEmpty() && width > TextWidth.of(run.label()) * COLUMN_WIDTH + 8) {
      add(
          String.format(
              Locale.ROOT,
              "<text class=\"label on-%s\" x=\"%.1f\" y=\"%d\">%s</text>",
              run.activity().word(),
              x + width / 2.0,
              y + BAR_HEIGHT / 2 + 4,
              escape(run.label())));
    }
  }

  private static String pointedAt(Raster.Run run, String name) {
    String longest = TimeScale.text(run.longestNanos());
    return run.count() <= 1 ? name + " " + longest : run.count() + " x " + name + ", <= " + longest;
  }

  private void mark(Mark mark, int y) {
    double x = x(mark.atNanos());
    boolean fitsBefore = x - left > TextWidth.of(mark.label()) * COLUMN_WIDTH;
    add(
        String.format(
            Locale.ROOT,
            "<line class=\"mark\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
            x,
            x,
            y - 10,
            lanesBottom));
    add(
        String.format(
            Locale.ROOT,
            "<text class=\"key\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>",
            fitsBefore ? x - 6 : x + 6,
            y,
            fitsBefore ? "end" : "start",
            escape(mark.label())));
  }

  /** Where time is pressed together. */
  private void gap() {
    if (chart.scale().isPressed()) {
      double x = left + chart.scale().pressedAt() * (WIDTH - left - RIGHT);
      int y = lanesBottom + 5;
      add(
          String.format(
              Locale.ROOT,
              "<path class=\"gap\" d=\"M%.1f %d l4 -12 M%.1f %d l4 -12\"/>",
              x - 5,
              y + 10,
              x + 1,
              y + 10));
    }
  }

  private void legend(int y) {
    double x = left;
    for (Activity activity : chart.activities()) {
      String text = chart.legendOf(activity);
      add(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"12\" height=\"12\"/>",
              "span-" + activity.word(),
              x,
              y - 10));
      add(
          String.format(
              Locale.ROOT,
              "<text class=\"key\" x=\"%.1f\" y=\"%d\">%s</text>",
              x + 18,
              y,
              escape(text)));
      x += 18 + TextWidth.of(text) * COLUMN_WIDTH + 20;
    }
  }

  private double x(long nanos) {
    return left + chart.scale().at(nanos) * (WIDTH - left - RIGHT);
  }

  private void add(String element) {
    svg.append(element).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
