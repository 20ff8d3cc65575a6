package fivefold.net.tls;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The five bytes in front of a record (RFC 8446, 5.1): type, version, length. */
final class RecordHeader {
  static final int BYTES = 5;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;

  private static final int FIRST_TYPE = 20;
  private static final int LAST_TYPE = 23;
  private static final int MAJOR_VERSION = 3;

  /** TLS 1.2 allows 2^14 + 2048 of content (RFC 5246, 6.2.3), TLS 1.3 less. */
  private static final int LIMIT_BYTES = BYTES + (1 << 14) + 2048;

  private static final int SHOWN_CHARACTERS = 40;

  private RecordHeader() {}

  static int type(ByteBuffer records) {
    return records.get(records.position()) & 0xFF;
  }

  /**
   * The length of the record that begins here, header included; 0 when there is too little to tell.
   *
   * @throws ProtocolException when this is no record, or one that is too long
   */
  static int recordBytes(ByteBuffer records) throws ProtocolException {
    int left = records.remaining();
    if (left == 0) {
      return 0;
    }
    int at = records.position();
    int type = type(records);
    if (type < FIRST_TYPE
        || type > LAST_TYPE
        || (left > 1 && records.get(at + 1) != MAJOR_VERSION)) {
      throw new ProtocolException(notTls(records));
    }
    if (left < BYTES) {
      return 0;
    }
    int bytes = BYTES + (records.getShort(at + 3) & 0xFFFF);
    if (bytes > LIMIT_BYTES) {
      throw new ProtocolException(
          "a TLS record of " + bytes + " bytes; expected at most " + LIMIT_BYTES);
    }
    return bytes;
  }

  /** The peer's first words, when they can be read, tell what it takes this port for. */
  private static String notTls(ByteBuffer bytes) {
    int count = Math.min(SHOWN_CHARACTERS, bytes.remaining());
    byte[] first = new byte[count];
    bytes.get(bytes.position(), first);
    String text = new String(first, StandardCharsets.ISO_8859_1).split("[\r\n]", 2)[0];
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      return "no TLS: the first byte is " + (first[0] & 0xFF) + "; expected a TLS record";
    }
    return "no TLS: the peer says '"
        + text
        + "'"
        + (text.contains("HTTP/")
            ? "; this port speaks TLS, so the address begins with https:"
            : "; this port speaks TLS");
  }
}
