package fivefold.lab.site;

import com.sun.net.httpserver.HttpExchange;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Texts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What stands behind the question mark. */
record Query(Map<String, String> values) {

  static Query of(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        values.put(decoded(parts[0]), decoded(parts[1]));
      }
    }
    return new Query(values);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String text(String name) {
    return values.getOrDefault(name, "");
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException when it is none, or out of bounds
   */
  int number(String name, int least, int most, int otherwise) {
    String text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, as one out of bounds
    }
    throw new IllegalArgumentException(name + " must be " + least + " to " + most);
  }

  Language language() {
    return values.containsKey("lang") ? Language.parse(text("lang")) : Language.EN;
  }

  /** A text of the page's in its language; in English where that is unknown. */
  String say(String key) {
    return Texts.shared(text("lang").equals(Language.ZH.word()) ? Language.ZH : Language.EN)
        .say(key);
  }

  /** The same, as reports know it. */
  fivefold.lab.report.Language reportLanguage() {
    return fivefold.lab.report.Language.of(language().word());
  }
}
