package fivefold.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}; {@code 0}. */
final class TimeSpan implements ITypeConverter<Duration> {
  private static final Pattern SPAN = Pattern.compile("(-?[0-9]{1,9})(ms|s|m|h)?");

  @Override
  public Duration convert(String text) {
    Matcher matcher = SPAN.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw expected(text, "is no length of time");
    }
    long count = Long.parseLong(matcher.group(1));
    if (count < 0) {
      throw new TypeConversionException("'" + text + "' is negative; expected zero or more");
    }
    String unit = matcher.group(2);
    if (unit == null && count != 0) {
      throw expected(text, "lacks a unit");
    }
    return unit == null ? Duration.ZERO : inUnit(count, unit);
  }

  private static Duration inUnit(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  /** As one writes it on the command line. */
  static String text(Duration span) {
    return span.toMillis() % 1000 == 0 ? span.toSeconds() + " s" : span.toMillis() + " ms";
  }

  private static TypeConversionException expected(String text, String wrong) {
    return new TypeConversionException(
        "'" + text + "' " + wrong + "; expected a number and ms, s, m or h, such as 500ms or 30s");
  }
}
