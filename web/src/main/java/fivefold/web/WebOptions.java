package fivefold.web;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * What may be chosen about the chat in a browser. Immutable.
 *
 * @param origins where else the page may come from, such as {@code https://chat.example.com} when a
 *     proxy stands before this server
 * @param pingAfter a member from whom nothing has come for so long is asked whether it is there,
 *     and is taken for gone after as long again
 * @param requestPatience how long a connection may take for a request
 */
public record WebOptions(Set<String> origins, Duration pingAfter, Duration requestPatience) {

  /** Its own origin alone, 30 s, 30 s. */
  public static final WebOptions DEFAULT =
      new WebOptions(Set.of(), Duration.ofSeconds(30), Duration.ofSeconds(30));

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException when one is no origin, or no time; the message says what is
   *     expected
   */
  public WebOptions {
    origins = Set.copyOf(origins);
    origins.forEach(WebOptions::requireOrigin);
    if (!pingAfter.isPositive() || !requestPatience.isPositive()) {
      throw new IllegalArgumentException("a time of the web chat is not positive; expected 1ms on");
    }
  }

  public WebOptions withOrigins(Set<String> wanted) {
    return new WebOptions(wanted, pingAfter, requestPatience);
  }

  public WebOptions withPingAfter(Duration time) {
    return new WebOptions(origins, time, requestPatience);
  }

  public WebOptions withRequestPatience(Duration time) {
    return new WebOptions(origins, pingAfter, time);
  }

  private static void requireOrigin(String text) {
    try {
      URI uri = URI.create(text);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getUserInfo() == null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(notAnOrigin(text), e);
    }
    throw new IllegalArgumentException(notAnOrigin(text));
  }

  private static String notAnOrigin(String text) {
    return "'" + text + "' is no origin; expected http://HOST[:PORT] or https://HOST[:PORT]";
  }
}
