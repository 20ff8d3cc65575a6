package fivefold.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LineLoggerTest {
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\\.[0-9]{6} ";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger log = new LineLogger("fivefold.test");

  @BeforeEach
  void listen() {
    LogOutput.divertTo(lines::add);
  }

  @AfterEach
  void asBefore() {
    LogOutput.start(LogLevel.INFO);
    LogOutput.restore();
  }

  @Test
  void isWhatTheJdkHandsOut() {
    Logger given = System.getLogger("fivefold.test.jdk");

    given.log(Level.INFO, "there");

    assertThat(lines).singleElement().asString().endsWith(" INFO fivefold.test.jdk: there\n");
  }

  @Test
  void writesTheTimeTheLevelAndTheName() {
    log.log(Level.WARNING, "full");

    assertThat(lines)
        .singleElement()
        .asString()
        .matches("(?s)" + TIME + "WARN fivefold\\.test: full\n");
  }

  @Test
  void writesAStackTraceBelow() {
    log.log(Level.ERROR, "failed", new IllegalStateException("why"));

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("ERROR fivefold.test: failed\njava.lang.IllegalStateException: why\n\tat ");
  }

  @Test
  void fillsInParametersOnlyWhereThereAreSome() {
    log.log(Level.INFO, "{0} of {1}", "one", "two");
    log.log(Level.INFO, "{0} as it is");

    assertThat(lines)
        .satisfiesExactly(
            first -> assertThat(first).endsWith(": one of two\n"),
            second -> assertThat(second).endsWith(": {0} as it is\n"));
  }

  @Test
  void translates() {
    ResourceBundle words =
        new ListResourceBundle() {
          @Override
          protected Object[][] getContents() {
            return new Object[][] {{"key", "said in words"}};
          }
        };

    log.log(Level.INFO, words, "key", (Throwable) null);

    assertThat(lines).singleElement().asString().endsWith(": said in words\n");
  }

  @ParameterizedTest
  @EnumSource
  void logsFromTheLevelOnThatWasAskedFor(LogLevel limit) {
    LogOutput.start(limit);

    for (Level level : List.of(Level.ERROR, Level.WARNING, Level.INFO, Level.DEBUG)) {
      log.log(level, LogLevel.of(level).name());
    }

    assertThat(lines.stream().map(line -> line.substring(line.lastIndexOf(' ')).strip()).toList())
        .isEqualTo(
            Arrays.stream(LogLevel.values())
                .filter(each -> each.compareTo(limit) <= 0)
                .map(LogLevel::name)
                .toList());
  }

  @Test
  void hearsNoDetailsOfLibraries() {
    LogOutput.start(LogLevel.DEBUG);
    Logger library = new LineLogger("jdk.internal.httpclient.debug");

    library.log(Level.DEBUG, "a detail");
    library.log(Level.INFO, "of interest");

    assertThat(lines).singleElement().asString().endsWith("of interest\n");
  }
}
