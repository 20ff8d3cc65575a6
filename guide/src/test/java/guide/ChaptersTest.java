package guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a chapter shows is code that is compiled here, and run by the other tests. */
class ChaptersTest {
  private static final Path CHAPTERS = Path.of("..", "docs", "guide");
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

  static List<Path> chapters() throws IOException {
    try (Stream<Path> files = Files.list(CHAPTERS)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("chapters")
  void itsCodeIsThatOfAFileHere(Path chapter) throws IOException {
    List<String> sources = sources();
    assertThat(JAVA.matcher(Files.readString(chapter)).results().map(found -> found.group(1)))
        .as("the Java blocks of %s", chapter.getFileName())
        .allSatisfy(
            block -> assertThat(sources).anyMatch(source -> source.contains(flattened(block))));
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ChaptersTest::read)
          .map(ChaptersTest::flattened)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Indentation and line breaks are the formatter's. */
  private static String flattened(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining(" ")).replaceAll("\\s+", "");
  }
}
