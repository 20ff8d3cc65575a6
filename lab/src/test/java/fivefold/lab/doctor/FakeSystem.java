package fivefold.lab.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that stand for those of a Linux. */
record FakeSystem(Path root) {

  FakeSystem with(String path, String text) {
    Path file = root.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  FakeSystem sysctl(String name, Object value) {
    return with("proc/sys/" + name.replace('.', '/'), value.toString());
  }

  SystemFiles files() {
    return new SystemFiles(root);
  }

  /** The one finding of this name. */
  static Finding named(List<Finding> findings, String name) {
    List<Finding> found = findings.stream().filter(each -> each.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(name + " is found " + found.size() + " times in " + findings);
    }
    return found.getFirst();
  }
}
