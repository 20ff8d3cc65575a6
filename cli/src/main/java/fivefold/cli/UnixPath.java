package fivefold.cli;

/**
 * A Unix socket: {@code unix:/run/app.sock}.
 *
 * @param path a file; the JDK cannot call an abstract name
 */
public record UnixPath(String path) implements ServerAddress {
  static final String PREFIX = "unix:";

  static UnixPath parse(String text) {
    String path = text.substring(PREFIX.length());
    if (path.isEmpty()) {
      throw new UsageException("'" + text + "' has no path; expected such as unix:/run/app.sock");
    }
    if (path.startsWith("@")) {
      throw new UsageException(
          "'"
              + text
              + "' is an abstract name, which the JDK cannot call; use 'socat - ABSTRACT-CONNECT:"
              + path.substring(1)
              + "', or ./"
              + path
              + " for a file of that name");
    }
    return new UnixPath(path);
  }

  @Override
  public String toString() {
    return PREFIX + path;
  }
}
