package fivefold.lab.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** The head of one HTTP reply, as far as it says where the reply ends. */
final class HttpHead {
  private static final byte[] VERSION = ascii("HTTP/1.");
  private static final byte[] LENGTH = ascii("content-length:");
  private static final byte[] CODING = ascii("transfer-encoding:");
  private static final byte[] CHUNKED = ascii("chunked");

  /** {@code HTTP/1.1 200}. */
  private static final int STATUS_PLACE = 9;

  private static final int LENGTH_LIMIT_DIGITS = 18;

  private static final int FIRST_BYTES = 1024;

  private final int limitBytes;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;
  private boolean whole;
  private boolean chunked;
  private long contentBytes;

  HttpHead(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  void clear() {
    size = 0;
    whole = false;
  }

  /** One byte more; false when it is too long. */
  boolean add(byte next) {
    if (size == limitBytes) {
      return false;
    }
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(2 * size, limitBytes));
    }
    bytes[size++] = next;
    if (next == '\n' && isBlankLine()) {
      whole = true;
      readFields();
    }
    return true;
  }

  private boolean isBlankLine() {
    return (size >= 2 && bytes[size - 2] == '\n')
        || (size >= 3 && bytes[size - 2] == '\r' && bytes[size - 3] == '\n');
  }

  boolean isWhole() {
    return whole;
  }

  boolean isReply() {
    return size > STATUS_PLACE + 3 && startsWith(0, VERSION) && bytes[STATUS_PLACE - 1] == ' ';
  }

  boolean isInterim() {
    return bytes[STATUS_PLACE] == '1';
  }

  boolean isSuccess() {
    return bytes[STATUS_PLACE] == '2';
  }

  /** {@code status 404}; digits only, whatever came. */
  String statusText() {
    int status = 0;
    for (int i = 0; i < 3; i++) {
      status = 10 * status + Math.floorMod(bytes[STATUS_PLACE + i] - '0', 10);
    }
    return "status " + status;
  }

  boolean isChunked() {
    return chunked;
  }

  /** Negative when it does not say, as is the case when the reply ends with its connection. */
  long contentBytes() {
    return contentBytes;
  }

  private void readFields() {
    chunked = false;
    contentBytes = -1;
    for (int line = nextLine(0); line < size; line = nextLine(line)) {
      if (startsWith(line, LENGTH)) {
        contentBytes = number(line + LENGTH.length);
      } else if (startsWith(line, CODING)) {
        chunked = hasIn(line + CODING.length, nextLine(line), CHUNKED);
      }
    }
    // RFC 9112, 6.3: these have no body, whatever the fields say.
    if (isReply()
        && bytes[STATUS_PLACE + 1] == '0'
        && bytes[STATUS_PLACE] == '2'
        && bytes[STATUS_PLACE + 2] == '4') {
      chunked = false;
      contentBytes = 0;
    }
  }

  private int nextLine(int from) {
    int at = from;
    while (at < size && bytes[at] != '\n') {
      at++;
    }
    return at + 1;
  }

  /** In any case of letters; the word is in lower case. */
  private boolean startsWith(int from, byte[] word) {
    if (from + word.length > size) {
      return false;
    }
    for (int i = 0; i < word.length; i++) {
      byte at = bytes[from + i];
      int lower = at >= 'A' && at <= 'Z' ? at + 32 : at;
      int wanted = word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i];
      if (lower != wanted) {
        return false;
      }
    }
    return true;
  }

  private boolean hasIn(int from, int end, byte[] word) {
    for (int at = from; at + word.length <= end; at++) {
      if (startsWith(at, word)) {
        return true;
      }
    }
    return false;
  }

  private long number(int from) {
    int at = from;
    while (at < size && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    long value = 0;
    int digits = 0;
    for (; at < size && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      value = value * 10 + bytes[at] - '0';
      if (++digits > LENGTH_LIMIT_DIGITS) {
        return -1;
      }
    }
    return digits == 0 ? -1 : value;
  }
}
