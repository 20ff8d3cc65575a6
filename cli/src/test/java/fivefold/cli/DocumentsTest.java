package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.IoModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents agree with the code, and with each other. */
class DocumentsTest {

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md"})
  void pointToFilesThatAreThere(String document) throws IOException {
    assertThat(Markdown.read(document).links()).allSatisfy(link -> assertThat(link).exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void explainEachModelInARow(String document) throws IOException {
    List<String> words = IoModel.all().stream().map(IoModel::word).toList();
    assertThat(Markdown.read(document).wordsOfTables())
        .filteredOn(word -> words.contains(word) || UnbuiltModels.find(word).isPresent())
        .as("a row for each model, in the order of IoModel")
        .isEqualTo(words);
  }

  @Test
  void areTheSameInBothLanguages() throws IOException {
    Markdown english = Markdown.read("README.md");
    Markdown chinese = Markdown.read("README.zh-CN.md");
    for (String language : List.of("java", "console", "sh")) {
      assertThat(chinese.blocks(language)).isEqualTo(english.blocks(language));
    }
    assertThat(headings(chinese)).isEqualTo(headings(english));
    assertThat(linksElsewhere(chinese)).isEqualTo(linksElsewhere(english));
  }

  private static long headings(Markdown document) {
    return document.text().lines().filter(line -> line.startsWith("## ")).count();
  }

  /** Each language points to the other, and otherwise to the same. */
  private static List<Path> linksElsewhere(Markdown document) {
    return document.links().stream()
        .filter(link -> !link.getFileName().toString().startsWith("README"))
        .toList();
  }
}
