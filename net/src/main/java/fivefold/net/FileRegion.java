package fivefold.net;

import java.nio.file.Path;

/**
 * A part of a file that {@link Connection#send(FileRegion)} sends, by the kernel alone where it
 * can. It is a description and holds nothing open: it may be sent any number of times, to any
 * number of peers.
 *
 * <pre>{@code
 * connection.send("here it comes\n");
 * connection.send(FileRegion.of(Path.of("report.pdf")));
 * connection.close();
 * }</pre>
 *
 * @param path a regular file
 * @param offsetBytes where the region begins
 * @param lengthBytes its length, or {@link #TO_END}
 * @param progress hears how far it has come
 */
public record FileRegion(Path path, long offsetBytes, long lengthBytes, FileProgress progress) {

  /** As a length: up to where the file ends when it is sent. */
  public static final long TO_END = -1;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException when the offset is negative, or the length and not {@link
   *     #TO_END}
   */
  public FileRegion {
    if (offsetBytes < 0) {
      throw new IllegalArgumentException("offset of a file region: " + offsetBytes);
    }
    if (lengthBytes < 0 && lengthBytes != TO_END) {
      throw new IllegalArgumentException("length of a file region: " + lengthBytes);
    }
  }

  /** The whole file. */
  public static FileRegion of(Path path) {
    return of(path, 0, TO_END);
  }

  /** A part of the file. */
  public static FileRegion of(Path path, long offsetBytes, long lengthBytes) {
    return new FileRegion(path, offsetBytes, lengthBytes, FileProgress.NONE);
  }

  /** The same, and this hears how far it has come. */
  public FileRegion withProgress(FileProgress listener) {
    return new FileRegion(path, offsetBytes, lengthBytes, listener);
  }
}
