package fivefold.lab.report;

import fivefold.lab.record.Ratio;
import fivefold.lab.record.Spread;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as text: about three digits, and the same on every machine. */
final class Numbers {
  /** In place of what was not measured. */
  static final String NOT_MEASURED = "-";

  private Numbers() {}

  static String compact(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 0.01 ? 2 : 4;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  static String median(@Nullable Spread spread) {
    return spread == null ? NOT_MEASURED : compact(spread.median());
  }

  static String range(@Nullable Spread spread) {
    return spread == null ? "" : compact(spread.min()) + ".." + compact(spread.max());
  }

  static String ratio(@Nullable Ratio ratio) {
    return ratio == null ? NOT_MEASURED : String.format(Locale.ROOT, "%.2f", ratio.median());
  }

  static String interval(@Nullable Ratio ratio) {
    return ratio == null || ratio.verdict() == Ratio.Verdict.REFERENCE
        ? ""
        : String.format(Locale.ROOT, "%.2f..%.2f", ratio.low(), ratio.high());
  }

  static Text verdict(@Nullable Ratio ratio) {
    if (ratio == null) {
      return Text.same("");
    }
    return switch (ratio.verdict()) {
      case REFERENCE -> new Text("reference", "基准");
      case LOWER -> new Text("lower", "较低");
      case HIGHER -> new Text("higher", "较高");
      case NO_SIGNIFICANT_DIFFERENCE -> new Text("no significant difference", "无显著差异");
      case TOO_FEW_ROUNDS -> new Text("too few rounds to tell", "轮数太少，无法判断");
    };
  }

  /** How sure an interval is: {@code 98 %}. */
  static String percent(double share) {
    return Math.round(share * 100) + " %";
  }
}
