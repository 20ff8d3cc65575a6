package fivefold.net.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The blocks of a PEM file (RFC 7468). The JDK has a decoder of its own only as a preview (JEP
 * 470): class files that use it run on that one release, and with {@code --enable-preview}.
 *
 * @param label such as CERTIFICATE or PRIVATE KEY
 * @param text what stands between the two lines: base64, and before it the headers of RFC 1421
 */
record Pem(String label, String text) {
  /**
   * A chain with a key is some ten thousand; a bundle of all authorities a few hundred thousand.
   */
  private static final long LIMIT_BYTES = 4 << 20;

  private static final int LINE_CHARACTERS = 64;
  private static final byte[] LINE_FEED = {'\n'};
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  /** All blocks of a file, in their order; what stands between them is comment. */
  static List<Pem> read(Path file) throws IOException {
    try {
      if (Files.isDirectory(file)) {
        throw new IOException(file + " is a directory; expected a PEM file");
      }
      if (Files.size(file) > LIMIT_BYTES) {
        throw new IOException(file + " is larger than 4 MiB; expected a PEM file");
      }
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      throw new IOException("no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " may not be read by this user", e);
    }
  }

  static List<Pem> parse(String text) {
    List<Pem> blocks = new ArrayList<>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      if (labelEnd < 0) {
        break;
      }
      String label = text.substring(at + BEGIN.length(), labelEnd);
      int end = text.indexOf("-----END " + label + DASHES, labelEnd);
      if (end < 0) {
        break;
      }
      blocks.add(new Pem(label, text.substring(labelEnd + DASHES.length(), end)));
      at = text.indexOf(BEGIN, end);
    }
    return blocks;
  }

  /** A block as a file has it. */
  static String text(String label, byte[] encoded) {
    String base64 = Base64.getMimeEncoder(LINE_CHARACTERS, LINE_FEED).encodeToString(encoded);
    return BEGIN + label + DASHES + "\n" + base64 + "\n-----END " + label + DASHES + "\n";
  }

  boolean isEncrypted() {
    return label.equals("ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED");
  }

  /**
   * What was encoded.
   *
   * @throws IllegalArgumentException when it is no base64
   */
  byte[] bytes() {
    return Base64.getMimeDecoder().decode(text);
  }
}
