package fivefold.cli.connect;

import fivefold.cli.UsageException;
import java.util.Arrays;
import java.util.Locale;

/** What is sent after a line that was typed. */
public enum LineEnd {
  LF("\n"),
  CRLF("\r\n"),
  NONE("");

  final String text;

  LineEnd(String text) {
    this.text = text;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static LineEnd parse(String word) {
    return Arrays.stream(values())
        .filter(end -> end.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new UsageException(
                "unknown --line-end '" + word + "'; expected one of lf, crlf, none"));
  }
}
