package fivefold.net.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate, the chain behind it, and its private key: who a server, or a client, says it is.
 * Immutable.
 *
 * <pre>{@code
 * TlsIdentity identity = TlsIdentity.read(Path.of("fullchain.pem"), Path.of("privkey.pem"));
 * }</pre>
 */
public final class TlsIdentity {
  /** Of a subject's alternative names (RFC 5280, 4.2.1.6). */
  private static final Integer DNS_NAME = 2;

  private final List<X509Certificate> chain;
  private final PrivateKey key;
  private final Set<String> names;
  private final String fingerprint;

  private TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
    this.names = dnsNames(chain.getFirst());
    this.fingerprint = fingerprintOf(chain.getFirst());
  }

  /**
   * Puts together what was made or read elsewhere.
   *
   * @param chain the own certificate first, then those of the authorities between it and the root
   * @throws IllegalArgumentException when the chain is empty, or the key is not the certificate's
   */
  public static TlsIdentity of(List<X509Certificate> chain, PrivateKey key) {
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("the chain is empty; expected at least one certificate");
    }
    if (!belongTogether(chain.getFirst(), key)) {
      throw new IllegalArgumentException(
          "the private key is not that of the certificate of "
              + chain.getFirst().getSubjectX500Principal());
    }
    return new TlsIdentity(chain, key);
  }

  /**
   * Reads PEM files: the certificate with its chain, and the key as PKCS#8, PKCS#1 or SEC1, not
   * encrypted. Both may be the same file.
   *
   * @throws IOException when a file cannot be used; the message says in one line why, and what to
   *     do
   */
  public static TlsIdentity read(Path chain, Path key) throws IOException {
    try {
      return of(Certificates.read(chain), PrivateKeys.read(key));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + " (" + chain + " and " + key + ")", e);
    }
  }

  /**
   * A certificate for trying things out: for {@code localhost}, the loopback addresses and these
   * names, signed by itself, good for 30 days.
   */
  public static TlsIdentity selfSigned(String... names) {
    return SelfSigned.identity(List.of(names));
  }

  /** The own certificate first. */
  public List<X509Certificate> chain() {
    return chain;
  }

  PrivateKey key() {
    return key;
  }

  /** The SHA-256 of the own certificate, as browsers and openssl show it: AB:CD:... */
  public String fingerprint() {
    return fingerprint;
  }

  private static String fingerprintOf(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the certificate cannot be encoded", e);
    }
  }

  /** The own certificate as a PEM block, for a client that is to trust it. */
  public String certificatePem() {
    try {
      return Pem.text("CERTIFICATE", chain.getFirst().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The private key as a PEM block (PKCS#8), not encrypted: for a file that nobody else may read.
   */
  public String keyPem() {
    return Pem.text("PRIVATE KEY", key.getEncoded());
  }

  /** Puts it into a key store, for what else takes one. */
  public void storeIn(KeyStore store, char[] password) throws KeyStoreException {
    store.setKeyEntry(fingerprint, key, password, chain.toArray(X509Certificate[]::new));
  }

  /** Whether the certificate is for this host, also by a wildcard (RFC 9525, 6.3). */
  boolean isFor(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (names.contains(name)) {
      return true;
    }
    int dot = name.indexOf('.');
    return dot > 0 && names.contains("*" + name.substring(dot));
  }

  private static Set<String> dnsNames(X509Certificate certificate) {
    Set<String> names = new HashSet<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      if (all != null) {
        for (List<?> each : all) {
          if (DNS_NAME.equals(each.get(0))) {
            names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // Then it is found by no name, and serves only as the default.
    }
    return names;
  }

  /**
   * Signs something, and looks whether the certificate confirms it: this holds for every algorithm.
   */
  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    byte[] something = "whose key is this?".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(signatureFor(key));
      if (key.getAlgorithm().equals("RSASSA-PSS")) {
        signature.setParameter(
            new java.security.spec.PSSParameterSpec(
                "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(key);
      signature.update(something);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(something);
      return signature.verify(signed);
    } catch (GeneralSecurityException anotherAlgorithm) {
      return false;
    }
  }

  private static String signatureFor(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm(); // EdDSA and RSASSA-PSS sign by their own names
    };
  }

  @Override
  public String toString() {
    return chain.getFirst().getSubjectX500Principal() + ", SHA-256 " + fingerprint();
  }
}
