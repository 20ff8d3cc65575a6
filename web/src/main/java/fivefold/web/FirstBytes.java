package fivefold.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Whether a client speaks HTTP, by its first bytes. Somebody may well begin a message with the word
 * GET: HTTP is what has the shape of a request line (RFC 9112, section 3) to its end.
 */
enum FirstBytes {
  HTTP,
  LINES,
  /** The beginning of either. */
  EITHER,
  /** As good as HTTP; only the end of its first line is missing. */
  PERHAPS_HTTP;

  /** A first line that is longer is not waited for. */
  static final int LIMIT_BYTES = 8 << 10;

  private static final List<String> METHODS =
      List.of(
          "GET ",
          "HEAD ",
          "POST ",
          "PUT ",
          "DELETE ",
          "OPTIONS ",
          "PATCH ",
          "TRACE ",
          "CONNECT ",
          "PRI ");
  private static final String VERSION = " HTTP/";
  private static final int VERSION_NUMBER = "1.1".length();

  /** Whether no more bytes are needed to tell. */
  boolean isClear() {
    return this == HTTP || this == LINES;
  }

  /** What it is taken for when nothing else comes. */
  boolean isHttp() {
    return this == HTTP || this == PERHAPS_HTTP;
  }

  /** Of what has come so far; the buffer is not moved. */
  static FirstBytes of(ByteBuffer bytes) {
    int length = Math.min(bytes.remaining(), LIMIT_BYTES);
    byte[] begin = new byte[length];
    bytes.get(bytes.position(), begin);
    return of(new String(begin, ISO_8859_1));
  }

  private static FirstBytes of(String begin) {
    for (String method : METHODS) {
      if (begin.startsWith(method)) {
        return ofTarget(begin, method.length());
      }
      if (method.startsWith(begin)) {
        return EITHER;
      }
    }
    return LINES;
  }

  private static FirstBytes ofTarget(String begin, int at) {
    if (begin.length() == at) {
      return EITHER;
    }
    int end = begin.indexOf('\n', at);
    if (end < 0) {
      boolean target = begin.charAt(at) == '/' || begin.charAt(at) == '*';
      boolean goesOn = begin.length() < LIMIT_BYTES;
      if (goesOn) {
        // An absolute target or a host is HTTP too (RFC 9112, section 3.2), but more often a
        // sentence.
        return target ? PERHAPS_HTTP : EITHER;
      }
      return target ? HTTP : LINES;
    }
    String line = begin.substring(0, end).stripTrailing();
    int version = line.length() - VERSION.length() - VERSION_NUMBER;
    return version >= at && line.startsWith(VERSION, version) ? HTTP : LINES;
  }
}
