package fivefold.net.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes the JDK's contexts, which also keep the sessions that can be resumed. */
final class Contexts {
  private Contexts() {}

  static SSLContext of(OwnKeys keys, TrustManager[] trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {keys}, trust, null);
    return context;
  }

  /** Trusts what these have signed; the JDK's own authorities when there are none. */
  static TrustManager[] trusting(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(Certificates.trustStore(authorities));
    return factory.getTrustManagers();
  }
}
