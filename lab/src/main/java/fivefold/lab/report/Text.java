package fivefold.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The same words in each language. */
record Text(String english, String chinese) {

  /** Names and numbers, which are the same everywhere. */
  static Text same(String text) {
    return new Text(text, text);
  }

  /** {@link String#format} in each; a {@code Text} among the arguments gives its own. */
  static Text format(String english, String chinese, Object... arguments) {
    return new Text(
        String.format(Locale.ROOT, english, in(Language.ENGLISH, arguments)),
        String.format(Locale.ROOT, chinese, in(Language.CHINESE, arguments)));
  }

  private static Object[] in(Language language, Object[] arguments) {
    Object[] said = new Object[arguments.length];
    for (int i = 0; i < said.length; i++) {
      said[i] = arguments[i] instanceof Text text ? text.in(language) : arguments[i];
    }
    return said;
  }

  /** {@code a, b and c}. */
  static Text list(List<Text> parts) {
    return new Text(
        list(parts, Text::english, ", ", " and "),
        list(parts, Text::chinese, "、", " 和 ").replace("） 和 ", "）和 "));
  }

  private static String list(
      List<Text> parts, Function<Text, String> language, String comma, String and) {
    List<String> said = new ArrayList<>(parts.stream().map(language).toList());
    String last = said.removeLast();
    return said.isEmpty() ? last : String.join(comma, said) + and + last;
  }

  String in(Language language) {
    return language == Language.CHINESE ? chinese : english;
  }

  Text plus(Text other) {
    return new Text(english + other.english, chinese + other.chinese);
  }

  private Text each(UnaryOperator<String> change) {
    return new Text(change.apply(english), change.apply(chinese));
  }

  /** For the content of an element; the style sheet shows the language that is chosen. */
  String html() {
    if (english.equals(chinese)) {
      return Html.escape(english);
    }
    Text safe = each(Html::escape);
    return "<span lang=\"en\">"
        + safe.english
        + "</span><span lang=\"zh\">"
        + safe.chinese
        + "</span>";
  }

  /** As attributes of an element, from which the script takes the tooltip. */
  String titleAttributes() {
    return attributes("title");
  }

  /** As attributes of an element, from which the script takes what is read out for it. */
  String labelAttributes() {
    return attributes("aria-label");
  }

  private String attributes(String name) {
    Text safe = each(Html::escape);
    return "%s=\"%s\" data-en=\"%s\" data-zh=\"%s\""
        .formatted(name, safe.english, safe.english, safe.chinese);
  }
}
