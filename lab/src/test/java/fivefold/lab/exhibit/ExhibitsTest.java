package fivefold.lab.exhibit;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.compare.ThisMachine;
import fivefold.lab.draw.TextWidth;
import fivefold.lab.exhibit.page.HtmlPage;
import fivefold.lab.exhibit.page.MarkdownPage;
import fivefold.lab.exhibit.page.TerminalPage;
import fivefold.lab.exhibit.page.Visit;
import fivefold.sys.Limits;
import fivefold.sys.Platform;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each exhibit still shows what it claims, and can be told in every language. */
final class ExhibitsTest {
  /** A busy machine may disturb one run, but not each. */
  private static final int TRIES = 4;

  /** Of the narrowest terminal that is in use. */
  private static final int COLUMNS = 80;

  @BeforeAll
  static void needsLinux() {
    Assumptions.assumeTrue(Platform.unavailable().isEmpty());
    Limits.raiseDescriptors();
  }

  static Stream<String> names() {
    return Exhibits.all().stream().map(Exhibit::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void showsWhatItClaims(String name) throws IOException, InterruptedException {
    Exhibit exhibit = Exhibits.named(name).orElseThrow();
    Outcome outcome = exhibit.run(Scale.SMALL);
    for (int i = 1; i < TRIES && !outcome.shown(); i++) {
      outcome = exhibit.run(Scale.SMALL);
    }
    String told = told(new Visit(exhibit, 1, outcome, ThisMachine.describe()), Language.EN);
    assertThat(outcome.shown()).as(told).isTrue();
    assertThat(outcome.answer()).isBetween(1, Texts.of(name, Language.EN).guesses().size());
    told(new Visit(exhibit, Visit.NO_GUESS, outcome, ThisMachine.describe()), Language.ZH);
  }

  /** On every kind of page; a place that nothing fills would throw. */
  private static String told(Visit visit, Language language) {
    assertThat(HtmlPage.render(List.of(visit), language)).contains(visit.exhibit().name());
    assertThat(MarkdownPage.render(visit, language)).doesNotContain("{");
    TerminalPage page = new TerminalPage(language, COLUMNS, true);
    String told = page.answer(visit);
    assertThat((page.question(visit.exhibit()) + told).lines())
        .allSatisfy(line -> assertThat(TextWidth.of(line)).as(line).isLessThanOrEqualTo(COLUMNS));
    return told;
  }

  @Test
  void drawsInPlainLettersWhereTheTerminalHasNoOthers() throws IOException, InterruptedException {
    Exhibit exhibit = new TwoPhases();
    Visit visit =
        new Visit(exhibit, Visit.NO_GUESS, exhibit.run(Scale.SMALL), ThisMachine.describe());
    TerminalPage page = new TerminalPage(Language.EN, COLUMNS, false);
    assertThat(page.question(exhibit) + page.answer(visit)).matches("\\p{ASCII}*").contains("###");
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysTheSameInEachLanguage(String name) {
    Texts english = Texts.of(name, Language.EN);
    assertThat(Texts.of(name, Language.ZH).keys()).isEqualTo(english.keys());
    assertThat(english.keys())
        .contains("title", "question", "method", "guess.2", "shows-not", "change");
  }
}
