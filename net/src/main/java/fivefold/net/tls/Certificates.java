package fivefold.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificates out of PEM files, and in the form in which the JDK's trust managers take them. */
final class Certificates {
  private Certificates() {}

  /** All certificates of the file, in their order; at least one. */
  static List<X509Certificate> read(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem block : Pem.read(file)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(parse(block, file));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(
          "no certificate in " + file + "; expected a block -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  private static X509Certificate parse(Pem block, Path file) throws IOException {
    try {
      return parse(block.bytes());
    } catch (IllegalArgumentException | CertificateException e) {
      throw new IOException("a certificate in " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static X509Certificate parse(byte[] encoded) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  /** A key store in memory that trusts these; null, the JDK's own authorities, for none. */
  static @Nullable KeyStore trustStore(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority" + i, authorities.get(i));
    }
    return store;
  }
}
