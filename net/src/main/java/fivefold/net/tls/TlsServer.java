package fivefold.net.tls;

import fivefold.net.StreamHandler;
import fivefold.net.StreamLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS for a server. Immutable and thread-safe; one may serve many servers, and they share its
 * sessions.
 *
 * <pre>{@code
 * TlsServer tls =
 *     TlsServer.builder()
 *         .identity(new CertificateFiles(Path.of("fullchain.pem"), Path.of("privkey.pem")))
 *         .applicationProtocols("h2", "http/1.1")
 *         .build();
 * Server.tcp(8443, Echo::new).layer(tls).start();
 * }</pre>
 *
 * <p>TLS 1.3 and 1.2, the JDK's choice of cipher suites in its order; sessions are resumed, by
 * tickets where the client takes them. Renegotiation is refused.
 */
public final class TlsServer implements StreamLayer {
  private final TlsSettings settings;

  private TlsServer(TlsSettings settings) {
    this.settings = settings;
  }

  /** With this identity, and all else as {@link #builder} has it. */
  public static TlsServer of(TlsIdentity identity) {
    return builder().identity(identity).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  @Override
  public StreamHandler around(StreamHandler handler) {
    return new TlsStream(settings, handler);
  }

  /** The options; each but the identity has a safe default. Not thread-safe. */
  public static final class Builder {
    private final List<Supplier<TlsIdentity>> identities = new ArrayList<>();
    private List<X509Certificate> clientAuthorities = List.of();
    private boolean clientMayBeUnknown;
    private final TlsOptions options = new TlsOptions();

    private Builder() {}

    /**
     * An identity; of several the one is shown that is for the name the client asks for (SNI), or
     * else the first whose key fits.
     */
    public Builder identity(TlsIdentity identity) {
      Objects.requireNonNull(identity);
      identities.add(() -> identity);
      return this;
    }

    /** The same, renewed when its files are. */
    public Builder identity(CertificateFiles files) {
      identities.add(files::current);
      return this;
    }

    /**
     * Clients must show a certificate that one of these has signed.
     *
     * @param file PEM
     * @throws IOException when it cannot be read, or has no certificate
     */
    public Builder clientAuthorities(Path file) throws IOException {
      return clientAuthorities(Certificates.read(file));
    }

    /** The same. */
    public Builder clientAuthorities(List<X509Certificate> authorities) {
      clientAuthorities = List.copyOf(authorities);
      return this;
    }

    /**
     * A client that shows no certificate is served as well; {@link TlsSession#peerCertificates} is
     * empty then. One that shows a wrong one is not.
     */
    public Builder clientCertificateOptional() {
      clientMayBeUnknown = true;
      return this;
    }

    /**
     * What may be spoken, best first (ALPN). A client that offers others only is refused, one that
     * offers none is served.
     */
    public Builder applicationProtocols(String... names) {
      options.applicationProtocols = names.clone();
      return this;
    }

    /** {@code TLSv1.3} and {@code TLSv1.2} by default. */
    public Builder protocols(String... names) {
      options.protocols = names.clone();
      return this;
    }

    /** How long a handshake may take, from the connection on; 10 seconds. */
    public Builder handshakeTimeout(Duration timeout) {
      options.handshakeTimeout(timeout);
      return this;
    }

    /** What a client may send before the handshake is done; 128 KiB. */
    public Builder handshakeLimitBytes(int bytes) {
      options.handshakeLimitBytes(bytes);
      return this;
    }

    /**
     * Where signatures and key agreements are computed: by default on a thread for each processor,
     * which all servers share, so that handshakes do not delay the other connections of a loop.
     * {@code Runnable::run} computes them where the connection is served.
     */
    public Builder handshakeTasks(Executor executor) {
      options.tasks = Objects.requireNonNull(executor);
      return this;
    }

    /**
     * Puts it together.
     *
     * @throws IllegalStateException without an identity
     * @throws IllegalArgumentException when the JDK does not know a protocol
     */
    public TlsServer build() {
      if (identities.isEmpty()) {
        throw new IllegalStateException("a TLS server needs an identity: call identity(...)");
      }
      SSLContext context;
      try {
        context = Contexts.of(new OwnKeys(identities), Contexts.trusting(clientAuthorities));
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
      }
      SSLParameters parameters = options.parameters(context);
      parameters.setUseCipherSuitesOrder(true);
      if (!clientAuthorities.isEmpty()) {
        if (clientMayBeUnknown) {
          parameters.setWantClientAuth(true);
        } else {
          parameters.setNeedClientAuth(true);
        }
      }
      return new TlsServer(options.settings(false, () -> engine(context, parameters)));
    }

    private static SSLEngine engine(SSLContext context, SSLParameters parameters) {
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(false);
      engine.setSSLParameters(parameters);
      return engine;
    }
  }
}
