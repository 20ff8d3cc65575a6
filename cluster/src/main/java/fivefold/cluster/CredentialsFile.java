package fivefold.cluster;

import io.nats.client.AuthHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;

/**
 * A user's JWT and the seed of its key, as {@code nsc} writes them into one file. Read anew at each
 * connection: a file that was renewed counts from the next one on.
 *
 * <p>jnats can do it, too, but by a library with native code, which nothing else here needs: the
 * JDK signs with Ed25519 itself.
 */
final class CredentialsFile implements AuthHandler {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BASE32_BITS = 5;

  // A decoded seed: the kinds of seed and key, the seed, and a checksum.
  private static final int KIND_BYTES = 2;
  private static final int SEED_BYTES = 32;
  private static final int DECODED_BYTES = KIND_BYTES + SEED_BYTES + 2;

  private final Path file;

  /**
   * Checks that it can be read.
   *
   * @throws IOException when it is none; the message says what is expected
   */
  CredentialsFile(Path file) throws IOException {
    this.file = file;
    var _ = part("JWT");
    var _ = seed();
  }

  @Override
  public byte[] sign(byte[] nonce) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed()));
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(nonce);
      return signature.sign();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** None: the JWT says who it is. */
  @Override
  public char[] getID() {
    return new char[0];
  }

  @Override
  public char[] getJWT() {
    try {
      return part("JWT").toCharArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] seed() throws IOException {
    byte[] decoded = decoded(part("SEED"));
    if (decoded.length != DECODED_BYTES) {
      throw new IOException("the key's seed in " + file + " is damaged");
    }
    return Arrays.copyOfRange(decoded, KIND_BYTES, KIND_BYTES + SEED_BYTES);
  }

  /** The line behind the one that begins what ends so. */
  private String part(String what) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).matches("-+BEGIN .*" + what + "-+\\s*")) {
        return lines.get(i + 1).strip();
      }
    }
    throw new IOException(
        "there is no " + what + " in " + file + "; expected a credentials file as nsc makes it");
  }

  /** RFC 4648, section 6, without padding. */
  private byte[] decoded(String text) throws IOException {
    BigInteger bits = BigInteger.ONE; // keeps zeros at the beginning
    for (int i = 0; i < text.length(); i++) {
      int value = BASE32.indexOf(text.charAt(i));
      if (value < 0) {
        throw new IOException("the key's seed in " + file + " is no base32");
      }
      bits = bits.shiftLeft(BASE32_BITS).or(BigInteger.valueOf(value));
    }
    int count = text.length() * BASE32_BITS;
    byte[] withMark = bits.shiftRight(count % Byte.SIZE).toByteArray();
    return Arrays.copyOfRange(withMark, withMark.length - count / Byte.SIZE, withMark.length);
  }
}
