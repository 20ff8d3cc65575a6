package fivefold.lab.figures;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/** The words of the figures, in one language. */
public final class Texts {
  private static final List<String> LANGUAGES = List.of("en", "zh");

  private final String language;
  private final Properties texts = new Properties();

  private Texts(String language) {
    this.language = language;
    try (InputStream in = Texts.class.getResourceAsStream("texts-" + language + ".properties")) {
      if (in == null) {
        throw new IllegalStateException("no texts in " + language);
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        texts.load(reader);
      }
    } catch (IOException e) {
      throw new IllegalStateException("texts in " + language, e);
    }
  }

  /**
   * Texts in a language.
   *
   * @throws IllegalArgumentException when there are none; the message names those there are
   */
  public static Texts in(String language) {
    if (!LANGUAGES.contains(language)) {
      throw new IllegalArgumentException(
          "no texts in " + language + "; expected " + String.join(" or ", LANGUAGES));
    }
    return new Texts(language);
  }

  String language() {
    return language;
  }

  /** The text of a key, with values in its places. */
  String of(String key, Object... values) {
    String text = texts.getProperty(key);
    if (text == null) {
      throw new IllegalStateException("no text for " + key + " in " + language);
    }
    return values.length == 0 ? text : String.format(Locale.ROOT, text, values);
  }

  /** That a file or a folder was written. */
  public String written(Path place) {
    return of("written", place);
  }

  /** Every key there is. */
  Set<String> keys() {
    return texts.stringPropertyNames();
  }
}
