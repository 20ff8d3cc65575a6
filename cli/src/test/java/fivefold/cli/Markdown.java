package fivefold.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A document of the project.
 *
 * @param file where it is
 * @param text what it says
 */
record Markdown(Path file, String text) {
  /** Tests run in the folder of their module. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");

  static Markdown read(String file) throws IOException {
    Path path = ROOT.resolve(file);
    return new Markdown(path, Files.readString(path));
  }

  /** The fenced blocks of a language, in their order. */
  List<String> blocks(String language) {
    Pattern block = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$");
    return block.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** The files it points to, in the project. */
  List<Path> links() {
    return LINK.matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(target -> !target.contains(":"))
        .map(target -> file.resolveSibling(target))
        .toList();
  }

  /** The first cells of its tables that are one word of code, each once. */
  List<String> wordsOfTables() {
    return Pattern.compile("(?m)^\\| `([^`]+)` \\|")
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }
}
