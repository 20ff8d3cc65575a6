package fivefold.cluster;

import fivefold.net.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom to trust to be the broker, and what to show it, from PEM files. */
final class BrokerTls {
  private static final char[] IN_MEMORY_ONLY = {};

  private BrokerTls() {}

  static SSLContext context(BrokerOptions options) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          shown(options.certificate(), options.key()), trusted(options.authorities()), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot set up TLS to the broker: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trusted(@Nullable Path file)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(file == null ? null : authorities(file));
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager trusting) {
        return new TrustManager[] {new HostChecked(trusting)};
      }
    }
    throw new GeneralSecurityException("this JDK checks no certificates");
  }

  private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = empty();
    for (Certificate each : read(file)) {
      store.setCertificateEntry("authority-" + store.size(), each);
    }
    return store;
  }

  private static Collection<? extends Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> found;
    try (InputStream in = Files.newInputStream(file)) {
      found = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException("cannot read certificates in " + file + ": " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IOException("there is no certificate in " + file + "; expected PEM");
    }
    return found;
  }

  private static KeyManager @Nullable [] shown(@Nullable Path chain, @Nullable Path key)
      throws IOException, GeneralSecurityException {
    if (chain == null || key == null) {
      return null;
    }
    KeyStore store = empty();
    TlsIdentity.read(chain, key).storeIn(store, IN_MEMORY_ONLY);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY_ONLY);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, IN_MEMORY_ONLY);
    return store;
  }
}
