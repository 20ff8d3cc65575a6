package fivefold.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes: {@code 4096}, {@code 64k}, {@code 1m}; k and m are powers of 1024. */
final class ByteSize implements ITypeConverter<Integer> {
  private static final Pattern SIZE = Pattern.compile("(-?[0-9]{1,10})([km]?)(?:i?b)?");

  @Override
  public Integer convert(String text) {
    Matcher matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no size; expected bytes, such as 4096, 64k or 1m");
    }
    long bytes = Long.parseLong(matcher.group(1)) * unitBytes(matcher.group(2));
    if (bytes > Integer.MAX_VALUE || bytes < Integer.MIN_VALUE) {
      throw new TypeConversionException("'" + text + "' is too large; expected at most 2047m");
    }
    return (int) bytes;
  }

  private static long unitBytes(String unit) {
    return switch (unit) {
      case "k" -> 1L << 10;
      case "m" -> 1L << 20;
      default -> 1;
    };
  }
}
