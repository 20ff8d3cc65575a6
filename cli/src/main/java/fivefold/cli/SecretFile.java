package fivefold.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file whose first line is a password or a token, so that it need not stand among the flags. */
final class SecretFile {
  private static final int LIMIT_BYTES = 64 * 1024;

  private SecretFile() {}

  /** The first line, without its end; empty when there is none. */
  static String firstLine(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory; expected a file with one line");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LIMIT_BYTES);
    } catch (NoSuchFileException e) {
      throw new IOException("no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " may not be read by this user", e);
    }
    int length = 0;
    while (length < bytes.length && bytes[length] != '\n' && bytes[length] != '\r') {
      length++;
    }
    if (length == LIMIT_BYTES) {
      throw new IOException(file + " has a first line of more than 64 KiB; expected a secret");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is no text in UTF-8; expected one line", e);
    }
  }
}
