package fivefold.lab.exhibit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something to be said in the reader's language: the key of a text, and what goes to the places in
 * it.
 *
 * @param key of a text; a word that no text has stands for itself, such as {@code epoll}
 * @param places by name: what {@code {name}} is replaced by
 */
public record Words(String key, Map<String, String> places) {
  public Words {
    places = Map.copyOf(places);
  }

  public static Words of(String key) {
    return new Words(key, Map.of());
  }

  /** The same with one more place filled. */
  public Words with(String place, Object value) {
    Map<String, String> more = new LinkedHashMap<>(places);
    more.put(place, value.toString());
    return new Words(key, more);
  }
}
