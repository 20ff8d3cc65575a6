package fivefold.services;

/**
 * Makes a peer's text harmless before anyone sees it. Escape sequences could rewrite the reader's
 * terminal; a change of writing direction or a line separator could make one text look like
 * another. (Bytes that are no UTF-8 have become U+FFFD where the text was decoded.)
 */
public final class CleanText {
  private static final char REPLACEMENT = '\uFFFD';

  // Unicode's pictures of the control characters stand in the order of these.
  private static final char PICTURES = '\u2400';
  private static final char PICTURE_OF_DELETE = '\u2421';

  private CleanText() {}

  /**
   * The text with pictures in place of control characters, but for the tab, and U+FFFD in place of
   * what turns the direction of writing or ends a line.
   */
  public static String of(String text) {
    if (text.chars().noneMatch(CleanText::isHarmful)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.chars().forEach(c -> clean.append(isHarmful(c) ? harmless(c) : (char) c));
    return clean.toString();
  }

  private static boolean isHarmful(int c) {
    return (Character.isISOControl(c) && c != '\t')
        || c == '\u2028' // line separator
        || c == '\u2029' // paragraph separator
        || c == '\u200E' // left-to-right mark, and its kin
        || c == '\u200F'
        || c == '\u061C'
        || (c >= '\u202A' && c <= '\u202E') // embedding and override of direction
        || (c >= '\u2066' && c <= '\u2069'); // isolates
  }

  private static char harmless(int c) {
    if (c < 0x20) {
      return (char) (PICTURES + c);
    }
    return c == 0x7f ? PICTURE_OF_DELETE : REPLACEMENT;
  }
}
