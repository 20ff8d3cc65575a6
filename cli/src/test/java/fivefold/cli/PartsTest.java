package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.cli.connect.Parts;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.Services;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.CsvSource;

class PartsTest {
  private static final String ADDRESS = "127\\.0\\.0\\.1:\\d+ ";

  @Test
  void areSplitAtEachBar() {
    assertThat(Parts.parse("one |two\\n|a\\|b|c\\\\"))
        .containsExactly("one ", "two\n", "a|b", "c\\");
    assertThat(Parts.parse("one")).containsExactly("one");
    assertThatThrownBy(() -> Parts.parse("one||two")).hasMessageContaining("nothing in it");
    assertThatThrownBy(() -> Parts.parse("one\\")).hasMessageContaining("stands alone");
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void areSentOnEveryConnectionAndAnswered(IoModel model) throws Exception {
    try (Server server = Server.tcp(0, Services.named("echo").named()).model(model).start()) {
      Captured run =
          Captured.run(
              "connect",
              "127.0.0.1:" + server.port(),
              "--connections",
              "2",
              "--timeout",
              "20s",
              "--parts",
              "This is the message. |It will be sent |in parts.");
      assertThat(run.errors()).isEmpty();
      assertThat(run.exitCode()).isZero();
      List<String> expected = new ArrayList<>();
      for (String part : List.of("This is the message. ", "It will be sent ", "in parts.")) {
        String upper = part.toUpperCase(java.util.Locale.ROOT);
        expected.addAll(List.of("sends " + part, "sends " + part));
        expected.addAll(List.of("receives " + upper, "receives " + upper));
      }
      List<String> lines = run.output().lines().toList();
      assertThat(lines).allMatch(line -> line.matches(ADDRESS + "(sends|receives) \".*\""));
      assertThat(lines.stream().map(line -> line.replaceFirst(ADDRESS, "").replace("\"", "")))
          .isEqualTo(expected);
      assertThat(lines.stream().map(line -> line.replaceFirst(" .*", "")).distinct()).hasSize(2);
    }
  }

  @Test
  void thatHaveNoAnswerAreOneLineAndExitCode1() throws Exception {
    try (Server silent = Server.tcp(0, () -> (_, _) -> {}).model(IoModel.NIO).start()) {
      Captured run =
          Captured.run(
              "connect", "127.0.0.1:" + silent.port(), "--parts", "a|b", "--timeout", "100ms");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.errors())
          .isEqualTo(
              "fivefold: connect: 2 of 2 parts had no answer in time; give it more with --timeout\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          connect localhost:1 --connections 2          ; add --parts
          connect localhost:1 --parts a --udp          ; leave out one
          connect localhost:1 --parts a||b             ; expected some text in each
          connect localhost:1 --parts a --connections 0 ; expected 1 to 1000
          """)
  void whatCannotBeIsOneLine(String command, String words) {
    Captured run = Captured.run(command.strip().split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains(words);
    assertThat(run.errors().lines()).hasSize(1);
  }
}
