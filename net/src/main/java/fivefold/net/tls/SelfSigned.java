package fivefold.net.tls;

import static fivefold.net.tls.DerWriter.bits;
import static fivefold.net.tls.DerWriter.integer;
import static fivefold.net.tls.DerWriter.octets;
import static fivefold.net.tls.DerWriter.oid;
import static fivefold.net.tls.DerWriter.sequence;
import static fivefold.net.tls.DerWriter.text;
import static fivefold.net.tls.DerWriter.value;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes a certificate (RFC 5280) that vouches for itself: P-256, for localhost. */
final class SelfSigned {
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
  private static final String COMMON_NAME = "2.5.4.3";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final int VERSION_TAG = 0xA0;
  private static final int EXTENSIONS_TAG = 0xA3;
  private static final int DNS_NAME_TAG = 0x82;
  private static final int IP_ADDRESS_TAG = 0x87;
  private static final BigInteger X509_V3 = BigInteger.TWO;
  private static final int SERIAL_BITS = 127;
  private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
  private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private static final Duration LIFE = Duration.ofDays(30);

  /** For clocks that are a little behind. */
  private static final Duration SKEW = Duration.ofHours(1);

  /** Enough until 2049 (RFC 5280, 4.1.2.5). */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private SelfSigned() {}

  static TlsIdentity identity(List<String> names) {
    try {
      SecureRandom random = new SecureRandom();
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      Set<String> all = new LinkedHashSet<>(names);
      all.add("localhost");
      byte[] statement = statement(keys, all, new BigInteger(SERIAL_BITS, random));
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(statement);
      byte[] certificate = sequence(statement, algorithm(), bits(signature.sign()));
      return TlsIdentity.of(List.of(Certificates.parse(certificate)), keys.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot make a P-256 certificate", e);
    }
  }

  private static byte[] statement(KeyPair keys, Set<String> names, BigInteger serial) {
    byte[] subject =
        sequence(
            value(
                DerWriter.SET,
                sequence(oid(COMMON_NAME), text(DerWriter.UTF8_STRING, names.iterator().next()))));
    return sequence(
        value(VERSION_TAG, integer(X509_V3)),
        integer(serial),
        algorithm(),
        subject,
        validity(Instant.now()),
        subject,
        keys.getPublic().getEncoded(), // a SubjectPublicKeyInfo, whole
        value(EXTENSIONS_TAG, sequence(alternativeNames(names))));
  }

  private static byte[] algorithm() {
    return sequence(oid(ECDSA_WITH_SHA256));
  }

  private static byte[] validity(Instant now) {
    return sequence(
        text(DerWriter.UTC_TIME, TIME.format(now.minus(SKEW))),
        text(DerWriter.UTC_TIME, TIME.format(now.plus(LIFE))));
  }

  private static byte[] alternativeNames(Set<String> names) {
    byte[] all =
        DerWriter.join(value(IP_ADDRESS_TAG, LOOPBACK_4), value(IP_ADDRESS_TAG, LOOPBACK_6));
    for (String name : names) {
      all = DerWriter.join(all, text(DNS_NAME_TAG, name));
    }
    return sequence(oid(ALTERNATIVE_NAMES), octets(sequence(all)));
  }
}
