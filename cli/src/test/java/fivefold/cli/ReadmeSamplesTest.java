package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs in the README are programs. */
class ReadmeSamplesTest {
  private static final ToolProvider JAVAC = ToolProvider.findFirst("javac").orElseThrow();

  @Test
  void compile(@TempDir Path folder) throws IOException {
    List<String> samples = Markdown.read("README.md").blocks("java");
    assertThat(samples).hasSizeGreaterThan(1);
    for (int i = 0; i < samples.size(); i++) {
      Path source = folder.resolve("Sample" + i + ".java");
      Files.writeString(source, samples.get(i));
      assertThat(messagesOfCompiling(source)).as(samples.get(i)).isEmpty();
    }
  }

  private static String messagesOfCompiling(Path source) {
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages, true);
    JAVAC.run(
        out,
        out,
        "-p",
        System.getProperty("jdk.module.path"),
        "--add-modules",
        "fivefold.net",
        "-d",
        source.resolveSibling("classes").toString(),
        source.toString());
    return messages.toString();
  }
}
