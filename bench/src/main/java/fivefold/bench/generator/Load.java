package fivefold.bench.generator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is asked of the server: a closed loop, one request in flight on each connection.
 *
 * @param bytes of a request, and of its reply
 */
record Load(int connections, int bytes, Duration warmup, Duration duration) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,5})x(\\d{1,6})");

  /**
   * Reads {@code 64x16384}.
   *
   * @throws IllegalArgumentException when it is of another form
   */
  static Load of(String text, long warmupMillis, long millis) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "load '" + text + "'; expected CONNECTIONSxBYTES, such as 64x64");
    }
    return new Load(
        Integer.parseInt(form.group(1)),
        Integer.parseInt(form.group(2)),
        Duration.ofMillis(warmupMillis),
        Duration.ofMillis(millis));
  }
}
