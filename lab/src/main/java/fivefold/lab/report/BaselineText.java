package fivefold.lab.report;

import fivefold.lab.draw.TextTable;
import fivefold.lab.record.Change;
import fivefold.lab.record.Machine;
import fivefold.lab.record.Results;
import java.util.ArrayList;
import java.util.List;

/** What has changed since an earlier run, for a terminal. */
public final class BaselineText {
  private BaselineText() {}

  /**
   * The lines, each with its end.
   *
   * @param name of the earlier run, such as its file's
   */
  public static String of(String name, Results before, Results now, List<Change> changes) {
    List<String> lines = new ArrayList<>();
    lines.add("against " + name + ", of " + before.machine().date());
    if (!isSameMachine(before.machine(), now.machine())) {
      lines.add(
          "warning: that was measured on another machine or JDK ("
              + before.machine().cpu()
              + ", "
              + before.machine().operatingSystem()
              + ", "
              + before.machine().jdk()
              + "): a difference may be theirs");
    }
    lines.add("");
    boolean several = changes.stream().map(Change::workload).distinct().count() > 1;
    TextTable table = new TextTable();
    table.line("", "before", "now", "ratio", "", "");
    for (Change change : changes) {
      table.line(
          (several ? change.workload() + ": " : "") + change.row() + ", " + change.figure(),
          Numbers.compact(change.before()),
          change.now() == null ? Numbers.NOT_MEASURED : Numbers.compact(change.now()),
          Numbers.ratio(change.ratio()),
          Numbers.interval(change.ratio()),
          verdict(change));
    }
    lines.addAll(table.render());
    return String.join("\n", lines) + "\n";
  }

  private static String verdict(Change change) {
    return switch (change.verdict()) {
      case WORSE -> change.now() == null ? "REGRESSION: not measured any more" : "REGRESSION";
      case CLOSED_LOOP -> "worse; judged in an open loop only (--rate)";
      case NOT_QUIET -> "worse; not judged, since the machine was not quiet";
      case SMALL -> "small";
      case TOO_FEW_ROUNDS -> "too few rounds to tell";
      default -> change.verdict().words();
    };
  }

  private static boolean isSameMachine(Machine one, Machine other) {
    return one.cpu().equals(other.cpu())
        && one.cores() == other.cores()
        && one.operatingSystem().equals(other.operatingSystem())
        && one.jdk().equals(other.jdk());
  }
}
