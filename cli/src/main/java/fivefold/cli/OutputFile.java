package fivefold.cli;

import java.nio.file.Files;
import java.nio.file.Path;

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
}
