package fivefold.bench.generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The windows of two or more generators that took turns under one load. */
final class Comparison {
  private final List<List<Window>> windows = new ArrayList<>();
  private final List<String> names;

  /** The first is what the others are compared with. */
  Comparison(List<String> names) {
    this.names = names;
    names.forEach(name -> windows.add(new ArrayList<>()));
  }

  void add(int generator, Window window) {
    windows.get(generator).add(window);
  }

  boolean isClean() {
    return windows.stream().flatMap(List::stream).allMatch(window -> window.errors() == 0);
  }

  /** A line for each. */
  String text(Load load) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%d connections x %d bytes, %d rounds: median (least..most)%n",
            load.connections(),
            load.bytes(),
            windows.getFirst().size()));
    text.append(
        String.format(
            Locale.ROOT,
            "%-16s %28s %22s %16s %16s %22s%n",
            "generator",
            "requests/s",
            "CPU us a request",
            "its core idle",
            "server's idle",
            "requests/s, to " + names.getFirst()));
    for (int i = 0; i < names.size(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-16s %28s %22s %16s %16s %22s%n",
              names.get(i),
              spread("%,.0f", i, Window::requestsPerSecond),
              spread("%.2f", i, Window::cpuMicros),
              median("%.2f", i, window -> 1 - window.loadCore()),
              median("%.2f", i, window -> 1 - window.serverCore()),
              i == 0 ? "" : ratio(i)));
    }
    return text.toString();
  }

  /** Round by round, so that a slow phase of the machine meets both. */
  private String ratio(int generator) {
    double[] ratios = new double[windows.getFirst().size()];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] =
          windows.get(generator).get(round).requestsPerSecond()
              / windows.getFirst().get(round).requestsPerSecond();
    }
    return spread("%.3f", ratios);
  }

  private String spread(String form, int generator, ToDoubleFunction<Window> figure) {
    return spread(form, windows.get(generator).stream().mapToDouble(figure).toArray());
  }

  private static String spread(String form, double[] values) {
    Arrays.sort(values);
    return Double.isNaN(values[0])
        ? "-"
        : String.format(
            Locale.ROOT,
            form + " (" + form + ".." + form + ")",
            middle(values),
            values[0],
            values[values.length - 1]);
  }

  private String median(String form, int generator, ToDoubleFunction<Window> figure) {
    double[] values = windows.get(generator).stream().mapToDouble(figure).sorted().toArray();
    return Double.isNaN(values[0]) ? "-" : String.format(Locale.ROOT, form, middle(values));
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
