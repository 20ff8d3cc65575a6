package fivefold.lab.exhibit;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The texts of one exhibit, and those that all exhibits share, in one language. Thread-safe. */
public final class Texts {
  private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z-]+)}");
  private static final String SHARED = "shared";

  private final Language language;
  private final Properties own;
  private final Properties shared;

  private Texts(Language language, Properties own, Properties shared) {
    this.language = language;
    this.own = own;
    this.shared = shared;
  }

  /** The texts of an exhibit. */
  public static Texts of(String exhibit, Language language) {
    return new Texts(language, load(exhibit, language), load(SHARED, language));
  }

  /** The shared ones alone. */
  public static Texts shared(Language language) {
    return new Texts(language, new Properties(), load(SHARED, language));
  }

  private static Properties load(String name, Language language) {
    String file = name + "." + language.word() + ".properties";
    try (InputStream in = Texts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no texts " + file);
      }
      Properties texts = new Properties();
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return texts;
    } catch (IOException e) {
      throw new IllegalStateException("texts " + file, e);
    }
  }

  public Language language() {
    return language;
  }

  /** A text with its places filled; the key itself where there is no text. */
  public String say(Words words) {
    String text = find(words.key());
    return text == null ? words.key() : fill(text, words);
  }

  /** A text without places. */
  public String say(String key) {
    return say(Words.of(key));
  }

  /** Whether there is such a text. */
  public boolean has(String key) {
    return find(key) != null;
  }

  /** The guesses a reader can choose from. */
  public List<String> guesses() {
    List<String> guesses = new ArrayList<>();
    for (int i = 1; has("guess." + i); i++) {
      guesses.add(say("guess." + i));
    }
    return guesses;
  }

  /** Keys of the exhibit's own texts. */
  public List<String> keys() {
    return own.stringPropertyNames().stream().sorted().toList();
  }

  private @Nullable String find(String key) {
    String text = own.getProperty(key);
    return text == null ? shared.getProperty(key) : text;
  }

  private static String fill(String text, Words words) {
    Matcher places = PLACE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (places.find()) {
      String value = words.places().get(places.group(1));
      if (value == null) {
        throw new IllegalStateException("nothing to put at " + places.group() + " of " + words);
      }
      places.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return places.appendTail(filled).toString();
  }
}
