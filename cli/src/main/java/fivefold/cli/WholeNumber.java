package fivefold.cli;

import java.math.BigInteger;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a count; its range is checked where its meaning is known. */
final class WholeNumber implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (!text.matches("[+-]?[0-9]{1,1000}")) {
      throw new TypeConversionException("'" + text + "' is no number; expected a whole number");
    }
    try {
      return new BigInteger(text).intValueExact();
    } catch (ArithmeticException tooLarge) {
      throw new TypeConversionException(
          "'" + text + "' is too large; expected at most " + Integer.MAX_VALUE);
    }
  }
}
