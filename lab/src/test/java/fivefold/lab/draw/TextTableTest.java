package fivefold.lab.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static TextTable table() {
    TextTable table = new TextTable();
    table.line("", "requests/s", "", "CPU", "", "");
    table.line("epoll", "10,000", "9,000..11,000", "1.00", "0.90..1.10", "reference");
    table.line("nio", "8", "7..9", "1.20", "1.10..1.30", "higher");
    return table;
  }

  @Test
  void whatFitsStaysTogether() {
    assertThat(table().render(Integer.MAX_VALUE)).containsExactly(table().render());
    assertThat(table().render(61)).hasSize(1);
  }

  @Test
  void whatDoesNotFitStandsBelowWithTheFirstColumnOnceMore() {
    assertThat(table().render(60))
        .containsExactly(
            List.of(
                "       requests/s",
                "epoll      10,000  9,000..11,000",
                "nio             8           7..9"),
            List.of(
                "        CPU",
                "epoll  1.00  0.90..1.10  reference",
                "nio    1.20  1.10..1.30  higher"));
  }

  @Test
  void aColumnTooWideForAnyTerminalStandsAlone() {
    assertThat(table().render(1)).hasSize(2);
  }
}
