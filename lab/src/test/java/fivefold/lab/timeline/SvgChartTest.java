package fivefold.lab.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SvgChartTest {
  @Test
  void isWellFormedAndHidesNoMarkupInTexts() {
    String document =
        SvgChart.document(chart(List.of(new Span(Activity.WAIT, "a < b & \"c\"", 0, 100))));
    Xml.assertWellFormed(document);
    assertThat(document).contains("<title>a &lt; b &amp; &quot;c&quot; 100 ns</title>");
  }

  @Test
  void drawsThousandsOfCallsAsFewRectangles() {
    List<Span> calls =
        LongStream.range(0, 20_000)
            .mapToObj(i -> new Span(Activity.ASK, "recv", i * 50, i * 50 + 10))
            .toList();
    assertThat(SvgChart.element(chart(calls)).split("<rect ", -1)).hasSizeLessThan(1_500);
  }

  private static Chart chart(List<Span> spans) {
    return new Chart(
        "<title>",
        List.of(new Lane("thread", spans)),
        List.of(new Mark("here", 50)),
        TimeScale.linear(0, 1_000_000),
        Map.of());
  }
}
