package fivefold.lab.doctor;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files by which Linux tells of itself, proc(5) and sysfs(5). Those that are not there, or may
 * not be read, are empty: containers hide some.
 *
 * @param root {@code /}, or a folder that stands for it
 */
public record SystemFiles(Path root) {

  /** Those of the machine this runs on. */
  public static SystemFiles ofThisMachine() {
    return new SystemFiles(Path.of("/"));
  }

  boolean exists(String path) {
    return Files.exists(resolve(path));
  }

  /** The whole file without white space at its ends. */
  Optional<String> text(String path) {
    // Not by Files.readString: it reads one byte first, and of most files in /proc/sys a second
    // read gets nothing.
    try (FileInputStream in = new FileInputStream(resolve(path).toFile())) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).strip());
    } catch (IOException | RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  /** A file that holds one number. */
  Optional<Long> number(String path) {
    return text(path).flatMap(SystemFiles::parse);
  }

  /** The value of a line {@code Name: value}, as in /proc/self/status. */
  Optional<String> field(String path, String name) {
    return text(path)
        .flatMap(text ->
            text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .map(line -> line.substring(name.length() + 1).strip()));
  }

  /** A file below /proc/sys, by the name that sysctl(8) has for it. */
  public Optional<String> sysctl(String name) {
    return text("proc/sys/" + name.replace('.', '/'));
  }

  /** Empty for what is no number. */
  public static Optional<Long> parse(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  private Path resolve(String path) {
    return root.resolve(path.startsWith("/") ? path.substring(1) : path);
  }
}
