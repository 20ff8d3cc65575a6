package fivefold.lab.exhibit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A language that the exhibits speak. */
public enum Language {
  EN,
  ZH;

  /** The word on the command line, and in the names of files: {@code zh}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The language of a locale where there is one, else English. */
  public static Language of(Locale locale) {
    return locale.getLanguage().equals("zh") ? ZH : EN;
  }

  /**
   * The language a word names.
   *
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public static Language parse(String word) {
    return Arrays.stream(values())
        .filter(language -> language.word().equals(word.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown language '"
                    + word
                    + "'; expected one of "
                    + Arrays.stream(values())
                        .map(Language::word)
                        .collect(Collectors.joining(", "))));
  }
}
