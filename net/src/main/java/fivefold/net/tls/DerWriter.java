package fivefold.net.tls;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Values in DER (ITU-T X.690), as far as keys and certificates need it; each is tag, length,
 * content.
 */
final class DerWriter {
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int UTF8_STRING = 0x0C;
  static final int UTC_TIME = 0x17;

  private static final int INTEGER = 0x02;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final byte[] NULL = {0x05, 0x00};

  private DerWriter() {}

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] octets(byte[] content) {
    return value(OCTET_STRING, content);
  }

  /** Whole bytes: no bit is unused. */
  static byte[] bits(byte[] content) {
    return value(BIT_STRING, new byte[] {0}, content);
  }

  static byte[] text(int tag, String text) {
    return value(tag, text.getBytes(StandardCharsets.US_ASCII));
  }

  static byte[] nothing() {
    return NULL.clone();
  }

  /** An object identifier of arcs below 2^28, such as 1.2.840.113549.1.1.1. */
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    byte[] content = base128(40 * Integer.parseInt(arcs[0]) + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      content = join(content, base128(Integer.parseInt(arcs[i])));
    }
    return value(OBJECT_IDENTIFIER, content);
  }

  private static byte[] base128(int number) {
    int groups = 1;
    for (int rest = number >>> 7; rest > 0; rest >>>= 7) {
      groups++;
    }
    byte[] bytes = new byte[groups];
    for (int i = 0; i < groups; i++) {
      int group = (number >>> (7 * (groups - 1 - i))) & 0x7F;
      bytes[i] = (byte) (i + 1 < groups ? group | 0x80 : group);
    }
    return bytes;
  }

  static byte[] value(int tag, byte[]... parts) {
    byte[] content = join(parts);
    return join(new byte[] {(byte) tag}, length(content.length), content);
  }

  private static byte[] length(int length) {
    if (length < 0x80) {
      return new byte[] {(byte) length};
    }
    byte[] number = BigInteger.valueOf(length).toByteArray();
    byte[] digits = number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    return join(new byte[] {(byte) (0x80 | digits.length)}, digits);
  }

  static byte[] join(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
