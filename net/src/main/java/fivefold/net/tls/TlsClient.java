package fivefold.net.tls;

import fivefold.net.StreamLayer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS for a client. The server's certificate must be for the host that is asked, and be signed by
 * an authority that is trusted. Immutable and thread-safe; connections of one client resume each
 * other's sessions.
 *
 * <pre>{@code
 * TlsClient tls = TlsClient.builder().authorities(Path.of("ca.pem")).build();
 * StreamHandler handler = tls.to("example.org", 443).around(new Conversation());
 * }</pre>
 */
public final class TlsClient {
  private final SSLContext context;
  private final SSLParameters parameters;
  private final TlsOptions options;

  private TlsClient(SSLContext context, SSLParameters parameters, TlsOptions options) {
    this.context = context;
    this.parameters = parameters;
    this.options = options;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The layer of connections to this server; the name is the one its certificate must be for. */
  public StreamLayer to(String host, int port) {
    SSLParameters forHost = parametersFor(host);
    TlsSettings settings =
        options.settings(
            true,
            () -> {
              SSLEngine engine = context.createSSLEngine(host, port);
              engine.setUseClientMode(true);
              engine.setSSLParameters(forHost);
              return engine;
            });
    return handler -> new TlsStream(settings, handler);
  }

  /**
   * TLS over a socket that is connected, for code that blocks; closing it closes that as well. The
   * handshake has been done when it returns.
   *
   * @throws IOException when the handshake fails
   */
  public SSLSocket over(Socket connected, String host, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(connected, host, port, true);
    socket.setSSLParameters(parametersFor(host));
    socket.startHandshake();
    return socket;
  }

  private SSLParameters parametersFor(String host) {
    SSLParameters own = context.getDefaultSSLParameters();
    own.setProtocols(parameters.getProtocols());
    own.setApplicationProtocols(parameters.getApplicationProtocols());
    own.setEndpointIdentificationAlgorithm(parameters.getEndpointIdentificationAlgorithm());
    SNIHostName name = serverName(host);
    if (name != null) {
      own.setServerNames(List.of(name));
    }
    return own;
  }

  /** Addresses are not asked for by name (RFC 6066, 3). */
  private static @Nullable SNIHostName serverName(String host) {
    if (host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
      return null;
    }
    try {
      return new SNIHostName(host);
    } catch (IllegalArgumentException e) {
      return null; // such as a name with an underscore, which some hosts of one's own have
    }
  }

  /** The options; each has a safe default. Not thread-safe. */
  public static final class Builder {
    private final List<TlsIdentity> identities = new ArrayList<>();
    private List<X509Certificate> authorities = List.of();
    private boolean insecure;
    private final TlsOptions options = new TlsOptions();

    private Builder() {}

    /**
     * Trusts what these have signed, in place of the JDK's own authorities.
     *
     * @param file PEM
     * @throws IOException when it cannot be read, or has no certificate
     */
    public Builder authorities(Path file) throws IOException {
      return authorities(Certificates.read(file));
    }

    /** The same. */
    public Builder authorities(List<X509Certificate> trusted) {
      authorities = List.copyOf(trusted);
      return this;
    }

    /** Who this client says it is, if a server asks. */
    public Builder identity(TlsIdentity identity) {
      identities.add(Objects.requireNonNull(identity));
      return this;
    }

    /**
     * Looks at no certificate: anybody on the way can read and change all. For trying things out.
     */
    public Builder insecure() {
      insecure = true;
      return this;
    }

    /** What may be spoken, best first (ALPN). */
    public Builder applicationProtocols(String... names) {
      options.applicationProtocols = names.clone();
      return this;
    }

    /** {@code TLSv1.3} and {@code TLSv1.2} by default. */
    public Builder protocols(String... names) {
      options.protocols = names.clone();
      return this;
    }

    /** How long a handshake may take; 10 seconds. */
    public Builder handshakeTimeout(Duration timeout) {
      options.handshakeTimeout(timeout);
      return this;
    }

    /** As for a {@link TlsServer.Builder#handshakeTasks server}. */
    public Builder handshakeTasks(Executor executor) {
      options.tasks = Objects.requireNonNull(executor);
      return this;
    }

    /**
     * Puts it together.
     *
     * @throws IllegalArgumentException when the JDK does not know a protocol
     */
    public TlsClient build() {
      try {
        TrustManager[] trust =
            insecure ? new TrustManager[] {new TrustsAnyone()} : Contexts.trusting(authorities);
        SSLContext context =
            Contexts.of(
                new OwnKeys(
                    identities.stream()
                        .<java.util.function.Supplier<TlsIdentity>>map(each -> () -> each)
                        .toList()),
                trust);
        SSLParameters parameters = options.parameters(context);
        parameters.setEndpointIdentificationAlgorithm(insecure ? null : "HTTPS");
        return new TlsClient(context, parameters, options);
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
      }
    }
  }
}
