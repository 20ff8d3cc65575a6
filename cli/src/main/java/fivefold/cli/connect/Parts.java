package fivefold.cli.connect;

import java.util.ArrayList;
import java.util.List;

/** A message in parts, as one writes it on the command line: {@code one |two |three\\n}. */
public final class Parts {
  private Parts() {}

  /**
   * Splits at each {@code |}.
   *
   * @throws IllegalArgumentException when a part is empty, or a backslash stands before something
   *     else than n, | or a backslash
   */
  public static List<String> parse(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '|') {
        parts.add(part.toString());
        part.setLength(0);
      } else if (c == '\\') {
        part.append(escaped(text, ++i));
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    if (parts.contains("")) {
      throw new IllegalArgumentException(
          "--parts '" + text + "' has a part with nothing in it; expected some text in each");
    }
    return parts;
  }

  private static char escaped(String text, int at) {
    char c = at < text.length() ? text.charAt(at) : ' ';
    return switch (c) {
      case 'n' -> '\n';
      case '|', '\\' -> c;
      default ->
          throw new IllegalArgumentException(
              "--parts '"
                  + text
                  + "' has a backslash that stands alone; expected \\n, \\| or \\\\");
    };
  }
}
