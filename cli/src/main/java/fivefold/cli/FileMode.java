package fivefold.cli;

import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads permissions as chmod(1) takes them in octal: {@code 0660}. */
final class FileMode implements ITypeConverter<FileMode.Permissions> {

  record Permissions(Set<PosixFilePermission> set) {}

  @Override
  public Permissions convert(String text) {
    if (!text.matches("0?[0-7]{3}")) {
      throw new TypeConversionException(
          "'" + text + "' is no mode of a file; expected three octal digits, such as 0660");
    }
    int mode = Integer.parseInt(text, 8);
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    // Declared from the owner's reading to the others' execution, as the bits are.
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int i = 0; i < all.length; i++) {
      if ((mode & (1 << (all.length - 1 - i))) != 0) {
        set.add(all[i]);
      }
    }
    return new Permissions(set);
  }
}
