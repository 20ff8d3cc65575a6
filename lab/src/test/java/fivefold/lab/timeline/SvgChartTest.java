package fivefold.lab.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class SvgChartTest {
  @Test
  void isWellFormedAndHidesNoMarkupInTexts() throws Exception {
    Document document = parse(chart(List.of(new Span(Activity.WAIT, "a < b & \"c\"", 0, 100))));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("a < b & \"c\" 100 ns");
  }

  @Test
  void drawsThousandsOfCallsAsFewRectangles() throws Exception {
    List<Span> calls =
        LongStream.range(0, 20_000)
            .mapToObj(i -> new Span(Activity.ASK, "recv", i * 50, i * 50 + 10))
            .toList();
    assertThat(parse(chart(calls)).getElementsByTagName("rect").getLength()).isLessThan(1_500);
  }

  private static Chart chart(List<Span> spans) {
    return new Chart(
        "<title>",
        List.of(new Lane("thread", spans)),
        List.of(new Mark("here", 50)),
        TimeScale.linear(0, 1_000_000),
        Map.of());
  }

  private static Document parse(Chart chart) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(SvgChart.document(chart))));
  }
}
