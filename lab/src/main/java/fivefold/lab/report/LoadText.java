package fivefold.lab.report;

import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.LoadResult;
import fivefold.lab.load.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What one load saw, as a few lines for a terminal. */
public final class LoadText {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  /** As {@code compare} warns: from here on the generator's thread is taken to be at its end. */
  private static final double SATURATED = 0.95;

  /** An open loop with fewer replies than this, of those it asked for, is an overload. */
  private static final double KEPT_UP = 0.95;

  /** A generator that is later than this, and by this part of the latency, is heard in it. */
  private static final double LATE_MICROS = 200;

  private static final double LATE_SHARE = 0.1;

  private LoadText() {}

  /** The lines, each with its end. */
  public static String of(LoadPlan plan, LoadResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "requests/s   %s   (%,d in %.2f s)",
            Numbers.compact(result.requestsPerSecond()),
            result.requests(),
            result.windowNanos() / 1e9));
    lines.add("latency us   " + latency(result.latencyNanos()));
    lines.add("errors       " + errors(plan.protocol(), result));
    if (result.firstFailure() != null) {
      lines.add("             the first: " + result.firstFailure());
    }
    if (result.requests() > 0) {
      lines.addAll(plan.isOpenLoop() ? openLoop(plan, result) : closedLoop(result));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String latency(Histogram nanos) {
    if (nanos.getTotalCount() == 0) {
      return Numbers.NOT_MEASURED;
    }
    StringBuilder text = new StringBuilder();
    for (double percentile : PERCENTILES) {
      text.append('p')
          .append(percentile == Math.rint(percentile) ? "" + (int) percentile : "" + percentile)
          .append(' ')
          .append(Numbers.compact(nanos.getValueAtPercentile(percentile) / 1e3))
          .append("   ");
    }
    return text + "max " + Numbers.compact(nanos.getMaxValue() / 1e3);
  }

  private static String errors(Protocol protocol, LoadResult result) {
    if (result.errors() == 0) {
      return "none; " + checked(protocol);
    }
    return String.format(
        Locale.ROOT,
        "%,d connections failed, %,d replies wrong, %s%,d connections without their reply%s",
        result.failures(),
        result.mismatches(),
        protocol instanceof Protocol.Datagrams
            ? String.format(Locale.ROOT, "%,d datagrams lost, ", result.lost())
            : "",
        result.unanswered(),
        hint(protocol, result));
  }

  private static String checked(Protocol protocol) {
    return switch (protocol) {
      case Protocol.Line line -> "of the replies it was checked that each is a line";
      case Protocol.HttpGet get when get.sameBody() ->
          "every reply was whole, of status 2xx, and had the same body";
      case Protocol.HttpGet get -> "every reply was whole and of status 2xx";
      default -> "every reply was compared byte for byte";
    };
  }

  private static String hint(Protocol protocol, LoadResult result) {
    if (result.mismatches() == 0) {
      return "";
    }
    return switch (protocol) {
      case Protocol.Echo echo -> "; a server that answers in upper case needs --protocol upper";
      case Protocol.Datagrams datagrams when !datagrams.upperCase() ->
          "; a server that answers in upper case needs --protocol upper";
      case Protocol.Datagrams datagrams -> "; a server that answers the same needs --protocol echo";
      case Protocol.UpperCase upper -> "; a server that answers the same needs --protocol echo";
      case Protocol.HttpGet get when get.sameBody() ->
          "; the status must be 2xx, and a page that changes needs --any-body";
      default -> "";
    };
  }

  private static List<String> closedLoop(LoadResult result) {
    String busy =
        Double.isNaN(result.busy())
            ? "unknown"
            : String.format(Locale.ROOT, "%.2f of a core", result.busy());
    return List.of(
        "generator    "
            + busy
            + (result.busy() > SATURATED ? ": at its limit, the server might do more" : ""));
  }

  private static List<String> openLoop(LoadPlan plan, LoadResult result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "generator    "
            + (result.lateNanos().getTotalCount() == 0
                ? "held back by the server all the time"
                : "began requests at most "
                    + Numbers.compact(result.lateNanos().getValueAtPercentile(99) / 1e3)
                    + " us late (99 of 100)"
                    + (isLate(result)
                        ? ": at its limit, and its delay is in the latency; ask for a lower --rate"
                        : "")));
    if (result.requestsPerSecond() < KEPT_UP * plan.requestsPerSecond()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "overload     %,d requests that were due had not been sent at the end: %,.0f"
                  + " requests/s are more than are answered",
              result.unsent(),
              plan.requestsPerSecond()));
    }
    return lines;
  }

  /** As {@code compare} warns. */
  private static boolean isLate(LoadResult result) {
    double lateMicros = result.lateNanos().getValueAtPercentile(99) / 1e3;
    double latencyMicros = result.latencyNanos().getValueAtPercentile(99) / 1e3;
    return lateMicros > LATE_MICROS && lateMicros > LATE_SHARE * latencyMicros;
  }
}
