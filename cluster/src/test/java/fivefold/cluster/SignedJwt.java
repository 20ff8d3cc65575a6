package fivefold.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Base64;

/**
 * A key as NATS writes it, and JWTs signed by it, as {@code nsc} makes them: base32 of a kind, the
 * key and a CRC-16.
 */
final class SignedJwt {
  static final int OPERATOR = 14 << 3;
  static final int ACCOUNT = 0;
  static final int USER = 20 << 3;
  private static final int SEED = 18 << 3;

  private final KeyPair pair;
  private final int kind;

  SignedJwt(int kind) throws GeneralSecurityException {
    this.kind = kind;
    this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  String id() {
    byte[] key = new byte[32];
    EdECPublicKey open = (EdECPublicKey) pair.getPublic();
    byte[] y = open.getPoint().getY().toByteArray();
    for (int i = 0; i < Math.min(key.length, y.length); i++) {
      key[i] = y[y.length - 1 - i]; // little-endian, RFC 8032
    }
    if (open.getPoint().isXOdd()) {
      key[31] |= (byte) 0x80;
    }
    return text(new byte[] {(byte) kind}, key);
  }

  String seed() {
    byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    return text(new byte[] {(byte) (SEED | (kind >> 5)), (byte) ((kind & 31) << 3)}, seed);
  }

  private static String text(byte[] kind, byte[] key) {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    raw.writeBytes(kind);
    raw.writeBytes(key);
    int crc = 0;
    for (byte each : raw.toByteArray()) {
      crc ^= (each & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
      }
      crc &= 0xffff;
    }
    raw.write(crc & 0xff);
    raw.write(crc >> 8);
    return base32(raw.toByteArray());
  }

  private static String base32(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int padded = (bytes.length * 8 + 4) / 5 * 5;
    BigInteger bits = new BigInteger(1, bytes).shiftLeft(padded - bytes.length * 8);
    for (int at = padded - 5; at >= 0; at -= 5) {
      text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(bits.shiftRight(at).intValue() & 31));
    }
    return text.toString();
  }

  /** Signs what is said of another key, or of itself. */
  String sign(String subject, String name, String claims) throws GeneralSecurityException {
    String header = encoded("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}");
    String body =
        encoded(
            "{\"jti\":\"test\",\"iat\":1700000000,\"iss\":\"%s\",\"name\":\"%s\",\"sub\":\"%s\",\"nats\":%s}"
                .formatted(id(), name, subject, claims));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update((header + "." + body).getBytes(UTF_8));
    return header
        + "."
        + body
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
