package fivefold.net.tls;

import static fivefold.net.tls.DerWriter.integer;
import static fivefold.net.tls.DerWriter.nothing;
import static fivefold.net.tls.DerWriter.octets;
import static fivefold.net.tls.DerWriter.oid;
import static fivefold.net.tls.DerWriter.sequence;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** Private keys out of PEM files: PKCS#8, PKCS#1 (RSA) and SEC1 (EC), not encrypted. */
final class PrivateKeys {
  private static final String RSA = "1.2.840.113549.1.1.1";
  private static final String EC = "1.2.840.10045.2.1";

  /** In the order of how often they are met; each refuses the keys of the others. */
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  private static final int PARAMETERS_TAG = 0xA0;

  private PrivateKeys() {}

  static PrivateKey read(Path file) throws IOException {
    List<Pem> blocks = Pem.read(file);
    for (Pem block : blocks) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return parse(block, file);
      }
    }
    throw new IOException(
        "no private key in "
            + file
            + "; expected a block -----BEGIN PRIVATE KEY-----"
            + (blocks.isEmpty()
                ? ", and this is no PEM file"
                : ", found " + blocks.get(0).label()));
  }

  private static PrivateKey parse(Pem block, Path file) throws IOException {
    if (block.isEncrypted()) {
      throw new IOException(
          "the private key in "
              + file
              + " is encrypted; decrypt it first: openssl pkey -in "
              + file
              + " -out plain.pem");
    }
    try {
      return fromPkcs8(toPkcs8(block));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | GeneralSecurityException e) {
      throw new IOException(
          "the " + block.label() + " in " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] toPkcs8(Pem block) throws GeneralSecurityException {
    return switch (block.label()) {
      case "PRIVATE KEY" -> block.bytes();
      case "RSA PRIVATE KEY" -> pkcs8(sequence(oid(RSA), nothing()), block.bytes());
      case "EC PRIVATE KEY" -> pkcs8(sequence(oid(EC), curveOf(block.bytes())), block.bytes());
      default ->
          throw new GeneralSecurityException(
              "unknown kind of key; expected PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY");
    };
  }

  /** RFC 5208: the same key with the name of its algorithm in front. */
  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    return sequence(integer(BigInteger.ZERO), algorithm, octets(key));
  }

  /**
   * The curve's identifier, whole, out of a SEC1 key (RFC 5915): version, octets, [0] parameters,
   * [1] public key.
   */
  private static byte[] curveOf(byte[] sec1) throws GeneralSecurityException {
    int at = contentAt(sec1, 0);
    while (at < sec1.length) {
      int content = contentAt(sec1, at);
      int end = content + lengthAt(sec1, at);
      if ((sec1[at] & 0xFF) == PARAMETERS_TAG) {
        return Arrays.copyOfRange(sec1, content, end);
      }
      at = end;
    }
    throw new GeneralSecurityException(
        "it does not name its curve; convert it: openssl pkey -in FILE -out pkcs8.pem");
  }

  /** Where the content of the DER value at this place begins. */
  private static int contentAt(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
  }

  private static int lengthAt(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = at + 2; i < contentAt(der, at); i++) {
      length = (length << 8) | (der[i] & 0xFF);
    }
    if (length < 0 || length > der.length) {
      throw new IllegalArgumentException("a length within it is wrong");
    }
    return length;
  }

  private static PrivateKey fromPkcs8(byte[] encoded) throws GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(encoded);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException anotherAlgorithm) {
        // Asked next.
      }
    }
    throw new GeneralSecurityException(
        "no key of an algorithm that is known here; expected EC, RSA or Ed25519");
  }
}
