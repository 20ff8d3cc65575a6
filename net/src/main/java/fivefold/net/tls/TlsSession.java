package fivefold.net.tls;

import fivefold.net.Connection;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake has agreed on.
 *
 * <pre>{@code
 * public void onOpen(Connection connection) {
 *   TlsSession tls = TlsSession.of(connection);
 *   if (tls != null && tls.applicationProtocol().equals("h2")) { ... }
 * }
 * }</pre>
 *
 * @param protocol {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipherSuite the IANA name, such as {@code TLS_AES_256_GCM_SHA384}
 * @param applicationProtocol what ALPN chose; empty for none
 * @param serverName the name the client asked for (SNI); empty for none
 * @param peerCertificates the peer's own first; empty when it has shown none
 */
public record TlsSession(
    String protocol,
    String cipherSuite,
    String applicationProtocol,
    String serverName,
    List<X509Certificate> peerCertificates) {

  /** The session of this connection; null when it is not by TLS. */
  public static @Nullable TlsSession of(Connection connection) {
    return connection.below(TlsSession.class);
  }

  static TlsSession of(SSLEngine engine) {
    SSLSession session = engine.getSession();
    String protocol = engine.getApplicationProtocol();
    return new TlsSession(
        session.getProtocol(),
        session.getCipherSuite(),
        protocol == null ? "" : protocol,
        serverName(session),
        certificates(session));
  }

  private static String serverName(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name instanceof SNIHostName host) {
          return host.getAsciiName();
        }
      }
    }
    return "";
  }

  private static List<X509Certificate> certificates(SSLSession session) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (Certificate each : session.getPeerCertificates()) {
        certificates.add((X509Certificate) each);
      }
    } catch (SSLPeerUnverifiedException e) {
      // None was shown.
    }
    return List.copyOf(certificates);
  }
}
