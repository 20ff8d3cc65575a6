package fivefold.lab.report;

import fivefold.lab.draw.TextTable;
import fivefold.lab.draw.TextWidth;
import fivefold.lab.record.Change;
import fivefold.lab.record.Results;
import java.util.ArrayList;
import java.util.List;

/** What has changed since an earlier run, for a terminal. */
public final class BaselineText {
  private final Language language;
  private final int columns;

  /**
   * A text in a language of choice.
   *
   * @param columns that a line may have
   */
  public BaselineText(Language language, int columns) {
    this.language = language;
    this.columns = columns;
  }

  private String say(String english, String chinese) {
    return new Text(english, chinese).in(language);
  }

  /**
   * The lines, each with its end.
   *
   * @param name of the earlier run, such as its file's
   */
  public String render(String name, Results before, Results now, List<Change> changes) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.format("against %s, of %s", "与 %s（%s）相比", name, before.machine().date()).in(language));
    Circumstances.difference(before, now)
        .ifPresent(text -> lines.addAll(TextWidth.wrapped(text.in(language), columns, "")));
    lines.add("");
    boolean several = changes.stream().map(Change::workload).distinct().count() > 1;
    TextTable table = new TextTable();
    table.line(
        "", say("before", "之前"), say("now", "现在"), say("ratio", "比值"), say("interval", "区间"), "");
    for (Change change : changes) {
      Text workload =
          several ? Words.of(change.workload()).plus(new Text(": ", "：")) : Text.same("");
      table.line(
          workload.in(language) + change.row() + say(", ", "，") + figure(change).in(language),
          Numbers.compact(change.before()),
          change.now() == null ? Numbers.NOT_MEASURED : Numbers.compact(change.now()),
          Numbers.ratio(change.ratio()),
          Numbers.interval(change.ratio()),
          verdict(change).in(language));
    }
    List<List<String>> parts = table.render(columns);
    lines.addAll(parts.getFirst());
    for (List<String> part : parts.subList(1, parts.size())) {
      lines.add("");
      lines.addAll(part);
    }
    return String.join("\n", lines) + "\n";
  }

  private static Text figure(Change change) {
    return switch (change.figure()) {
      case CPU -> new Text("CPU us/request", "CPU us/请求");
      case THROUGHPUT -> new Text("requests/s", "请求/秒");
      case P99 -> Text.same("p99 us");
    };
  }

  private static Text verdict(Change change) {
    return switch (change.verdict()) {
      case WORSE ->
          change.now() == null
              ? new Text("REGRESSION: not measured any more", "变差：已测不到")
              : new Text("REGRESSION", "变差");
      case BETTER -> new Text("better", "变好");
      case CLOSED_LOOP ->
          new Text("worse; judged in an open loop only (--rate)", "较差；只在开环（--rate）中才作判断");
      case NOT_QUIET ->
          new Text("worse; not judged, since the machine was not quiet", "较差；机器不安静，不作判断");
      case SMALL -> new Text("small", "差异小，可容忍");
      case TOO_FEW_ROUNDS -> new Text("too few rounds to tell", "轮数太少，无法判断");
      case NO_SIGNIFICANT_DIFFERENCE -> new Text("no significant difference", "无显著差异");
    };
  }
}
