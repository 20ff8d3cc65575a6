package fivefold.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A part of the page, as it is and compressed. Immutable: nobody changes the bytes. */
final class Asset {
  private static final int TAG_CHARACTERS = 20;

  private final String contentType;
  private final byte[] bytes;
  private final byte[] gzip;

  /** Changes with the bytes: the strong validator of RFC 9110, section 8.8.3. */
  private final String tag;

  Asset(String contentType, byte[] bytes) {
    this.contentType = contentType;
    this.bytes = bytes;
    this.gzip = gzip(bytes);
    this.tag = hash(bytes);
  }

  String contentType() {
    return contentType;
  }

  byte[] bytes(boolean compressed) {
    return compressed ? gzip : bytes;
  }

  /** Each representation has a tag of its own. */
  String tag(boolean compressed) {
    return '"' + tag + (compressed ? "-gzip" : "") + '"';
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    return small.toByteArray();
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash).substring(0, TAG_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
