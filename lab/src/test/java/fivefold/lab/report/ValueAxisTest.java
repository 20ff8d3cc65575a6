package fivefold.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ValueAxisTest {
  private static List<String> labels(double... values) {
    ValueAxis axis = ValueAxis.of(values);
    return axis.ticks().stream().map(axis::label).toList();
  }

  @Test
  void valuesThatAreNearEachOtherBeginAtZero() {
    assertThat(labels(3.3, 3.6, 6.1)).containsExactly("0", "2", "4", "6", "8");
    assertThat(labels(0.02, 0.07)).containsExactly("0.00", "0.02", "0.04", "0.06", "0.08");
    assertThat(labels(0)).containsExactly("0", "1");
    assertThat(labels(0, 1000)).containsExactly("0", "200", "400", "600", "800", "1,000");
    assertThat(ValueAxis.of(new double[] {5, 10}).part(5)).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void oneThatIsFarAwayMakesTheAxisLogarithmic() {
    assertThat(labels(3.3, 3.6, 55.8)).containsExactly("2", "5", "10", "20", "50", "100");
    assertThat(labels(12_000, 300_000))
        .containsExactly("10,000", "20,000", "50,000", "100,000", "200,000", "500,000");
    assertThat(labels(0.04, 50_000))
        .containsExactly("0.01", "0.1", "1", "10", "100", "1,000", "10,000", "100,000");
    ValueAxis axis = ValueAxis.of(new double[] {1, 100});
    assertThat(axis.part(1)).isEqualTo(0, within(1e-9));
    assertThat(axis.part(10)).isEqualTo(0.5, within(1e-9));
    assertThat(axis.part(100)).isEqualTo(1, within(1e-9));
  }

  @Test
  void aChartSaysSoAndKeepsItsDotsApart() {
    String near = chart(3.3, 3.6);
    String far = chart(3.3, 3.6, 330);
    assertThat(near).doesNotContain("logarithmic");
    assertThat(far).contains("The axis is logarithmic");
    List<Double> medians = medians(far);
    double apart = medians.get(1) - medians.get(0);
    // From zero it would be less than a pixel of 860.
    assertThat(apart).isGreaterThan(5);
  }

  private static String chart(double... cpuMicros) {
    return SpreadChart.of(
        Column.CPU,
        RoundFigures::cpuMicros,
        Arrays.stream(cpuMicros)
            .mapToObj(micros ->
                Samples.row("of " + micros, Samples.rounds(micros), Samples.rounds(micros), null))
            .toList());
  }

  private static List<Double> medians(String svg) {
    return Pattern.compile("class=\"median\" cx=\"([0-9.]+)\"")
        .matcher(svg)
        .results()
        .map(found -> Double.parseDouble(found.group(1)))
        .toList();
  }
}
