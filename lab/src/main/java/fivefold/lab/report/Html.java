package fivefold.lab.report;

/** Text made safe for HTML. */
public final class Html {
  private Html() {}

  /** For element content and for attributes in double or single quotes. */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }

  /**
   * JSON for the inside of a script element, where HTML ends at {@code </script} and hides after
   * {@code <!--}: inside a JSON string a less-than sign may be written by its number.
   */
  static String escapeJson(String json) {
    return json.replace("<", "\\u003c");
  }
}
