package fivefold.cluster;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a certificate only for the host it is for. jnats does not ask for that (2.26.2), and
 * without it whoever has any certificate of a trusted authority could be the broker.
 */
final class HostChecked extends X509ExtendedTrustManager {
  /** RFC 2818: the rules by which names in a certificate are compared. */
  private static final String RULES = "HTTPS";

  private final X509ExtendedTrustManager trusting;

  HostChecked(X509ExtendedTrustManager trusting) {
    this.trusting = trusting;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    if (!(socket instanceof SSLSocket tls)) {
      throw new CertificateException("the broker's host is not known");
    }
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm(RULES);
    tls.setSSLParameters(parameters);
    trusting.checkServerTrusted(chain, kind, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("the broker's host is not known");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    throw new CertificateException("the broker's host is not known");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
      throws CertificateException {
    trusting.checkClientTrusted(chain, kind, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
      throws CertificateException {
    trusting.checkClientTrusted(chain, kind, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
    trusting.checkClientTrusted(chain, kind);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return trusting.getAcceptedIssuers();
  }
}
