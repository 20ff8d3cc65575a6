package fivefold.lab.report;

import java.util.Arrays;
import java.util.List;

/** A language that reports are written in. */
public enum Language {
  ENGLISH("en"),
  CHINESE("zh");

  private final String code;

  Language(String code) {
    this.code = code;
  }

  /** As in HTML's {@code lang} (ISO 639). */
  public String code() {
    return code;
  }

  /** All codes. */
  public static List<String> codes() {
    return Arrays.stream(values()).map(Language::code).toList();
  }

  /**
   * The one of that code.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Language of(String code) {
    return Arrays.stream(values())
        .filter(language -> language.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no language has the code '" + code + "'"));
  }
}
