package fivefold.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that a flag names to be written: refused before the work, not after it. */
final class OutputFile {
  private OutputFile() {}

  static void requireWritable(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UsageException(option + ": " + file + " is a folder; expected a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException(option + ": there is no folder " + folder + "; make it first");
    }
    if (!Files.isWritable(Files.exists(file) ? file : folder)) {
      throw new UsageException(option + ": " + file + " cannot be written; choose another place");
    }
  }

  /** One would be written over the other, or over what is read. */
  static void requireDifferent(
      String one, @Nullable Path file, String other, @Nullable Path otherFile) {
    if (file != null && otherFile != null && isSame(file, otherFile)) {
      throw new UsageException(
          one + " and " + other + " are both " + file + "; expected different files");
    }
  }

  private static boolean isSame(Path file, Path other) {
    try {
      return Files.isSameFile(file, other);
    } catch (IOException e) { // one of them is not there yet
      return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }

  /** The folder may still have to be made. */
  static void requireFolder(String option, Path folder) {
    Path there = folder.toAbsolutePath().normalize();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !Files.isDirectory(there)) {
      throw new UsageException(option + ": " + there + " is no folder; choose another place");
    }
    if (!Files.isWritable(there)) {
      throw new UsageException(option + ": " + folder + " cannot be made; choose another place");
    }
  }
}
