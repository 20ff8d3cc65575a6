package fivefold.lab.timeline;

import fivefold.lab.draw.TextWidth;
import java.util.ArrayList;
import java.util.List;

/** A chart as lines of text, of a given width. */
public final class TerminalChart {
  private static final int LEAST_COLUMNS = 20;

  /** Of the axis, between two numbers; with two numbers of seven characters there is room. */
  private static final int COLUMNS_FOR_TICK = 11;

  private final int columns;
  private final boolean unicode;
  private final boolean namesBehind;

  /**
   * Charts for one terminal.
   *
   * @param columns of the whole line, the names of the lanes with them
   * @param unicode whether it shows block elements; else plain ASCII
   */
  public TerminalChart(int columns, boolean unicode) {
    this(columns, unicode, false);
  }

  private TerminalChart(int columns, boolean unicode, boolean namesBehind) {
    this.columns = columns;
    this.unicode = unicode;
    this.namesBehind = namesBehind;
  }

  /**
   * The same with each name behind its lane, for where a Chinese character may be of another width
   * than two others: then the lanes begin below each other all the same.
   */
  public TerminalChart withNamesBehind() {
    return new TerminalChart(columns, unicode, true);
  }

  /** The title, the marks, a line for each lane, the axis and the legend. */
  public List<String> lines(Chart chart) {
    List<String> lines = new ArrayList<>(List.of(chart.title()));
    lines.addAll(captioned(chart));
    return lines;
  }

  /** The same without the title, for where a caption says it. */
  public List<String> captioned(Chart chart) {
    int names = chart.lanes().stream().mapToInt(lane -> TextWidth.of(lane.name())).max().orElse(0);
    int width = Math.max(LEAST_COLUMNS, columns - names - 2);
    String indent = " ".repeat(namesBehind ? 0 : names + 2);
    List<String> lines = new ArrayList<>();
    for (Mark mark : chart.marks()) {
      lines.add(indent + mark(mark, chart.scale(), width));
    }
    for (Lane lane : chart.lanes()) {
      String drawn = lane(lane, chart.scale(), width);
      lines.add(
          namesBehind
              ? TextWidth.padRight(drawn, width + 2) + lane.name()
              : TextWidth.padRight(lane.name(), names + 2) + drawn);
    }
    lines.add(indent + axis(chart.scale(), width));
    lines.add(indent + numbers(chart.scale(), width));
    legend(chart, width).forEach(line -> lines.add(indent + line));
    return lines;
  }

  /** Before its arrow, or behind it when that is too near to the edge. */
  private String mark(Mark mark, TimeScale scale, int width) {
    int at = column(scale, mark.atNanos(), width);
    String arrow = unicode ? "▼" : "v";
    int before = at - TextWidth.of(mark.label()) - 1;
    return before >= 0
        ? " ".repeat(before) + mark.label() + " " + arrow
        : " ".repeat(at) + arrow + " " + mark.label();
  }

  private String lane(Lane lane, TimeScale scale, int width) {
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (Raster.Run run : new Raster(lane, scale, width).runs()) {
      line.append(" ".repeat(run.fromCell() - column)).append(run(run));
      column = run.toCell();
    }
    return line.toString();
  }

  /** The pattern, with the label in its middle where there is room. */
  private String run(Raster.Run run) {
    String pattern = String.valueOf(run.activity().pattern(unicode));
    int length = run.toCell() - run.fromCell();
    int label = TextWidth.of(run.label()) + 2;
    if (run.label().isEmpty() || length < label + 2) {
      return pattern.repeat(length);
    }
    int before = (length - label) / 2;
    return pattern.repeat(before)
        + " "
        + run.label()
        + " "
        + pattern.repeat(length - label - before);
  }

  private String axis(TimeScale scale, int width) {
    StringBuilder line = new StringBuilder((unicode ? "─" : "-").repeat(width));
    for (long tick : ticks(scale, width)) {
      line.setCharAt(column(scale, tick, width), unicode ? '┴' : '+');
    }
    if (scale.isPressed()) {
      int at = Math.min(width - 2, (int) (scale.pressedAt() * width));
      line.replace(at, at + 2, unicode ? "╱╱" : "//");
    }
    return line.toString();
  }

  private static String numbers(TimeScale scale, int width) {
    StringBuilder line = new StringBuilder(" ".repeat(width));
    for (long tick : ticks(scale, width)) {
      String text = TimeScale.text(tick);
      int at = Math.clamp(column(scale, tick, width) - text.length() / 2, 0, width - text.length());
      boolean isFree = line.substring(Math.max(0, at - 1), at + text.length()).isBlank();
      if (isFree) {
        line.replace(at, at + text.length(), text);
      }
    }
    return line.toString().stripTrailing();
  }

  private static List<Long> ticks(TimeScale scale, int width) {
    return scale.ticks((double) COLUMNS_FOR_TICK / width);
  }

  /** No entry is broken. */
  private List<String> legend(Chart chart, int width) {
    List<String> lines = new ArrayList<>();
    for (Activity activity : chart.activities()) {
      String entry =
          String.valueOf(activity.pattern(unicode)).repeat(2) + " " + chart.legendOf(activity);
      boolean fits =
          !lines.isEmpty() && TextWidth.of(lines.getLast()) + 2 + TextWidth.of(entry) <= width;
      lines.add(fits ? lines.removeLast() + "  " + entry : entry);
    }
    return lines;
  }

  private static int column(TimeScale scale, long nanos, int width) {
    return Math.min(width - 1, (int) (scale.at(nanos) * width));
  }
}
