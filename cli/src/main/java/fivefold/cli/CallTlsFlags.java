package fivefold.cli;

import fivefold.net.StreamLayer;
import fivefold.net.tls.TlsClient;
import fivefold.net.tls.TlsIdentity;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** TLS to the server that is called. */
final class CallTlsFlags {
  @Option(names = "--tls", description = "Speak TLS, and check who answers.")
  boolean tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Trust what these have signed, PEM, in place of the usual authorities.")
  @Nullable Path authorities;

  @Option(
      names = "--insecure",
      description = "Do not check who answers: anybody on the way can listen.")
  boolean insecure;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "A certificate of one's own, for servers that ask for it, PEM.")
  @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its private key, PEM; without it the key is in the file of the certificate.")
  @Nullable Path key;

  void check(boolean udp) {
    boolean more = authorities != null || insecure || certificate != null || key != null;
    if (more && !tls) {
      throw new UsageException("--ca, --insecure, --cert and --key are for TLS; add --tls");
    }
    if (tls && udp) {
      throw new UsageException("--tls and --udp are both given; expected one of them");
    }
    if (authorities != null && insecure) {
      throw new UsageException("--ca and --insecure are both given; expected one of them");
    }
    if (key != null && certificate == null) {
      throw new UsageException("--key is given without a certificate; add --cert FILE");
    }
  }

  /** The socket itself, or TLS over it when that is asked for. */
  Socket over(Socket connected, ServerAddress server, Duration timeout) throws IOException {
    if (!tls) {
      return connected;
    }
    // Else a stream that was cut off ends like any other. It is read with the first TLS socket.
    System.setProperty("com.sun.net.ssl.requireCloseNotify", "true");
    TlsClient client = client();
    connected.setSoTimeout((int) timeout.toMillis());
    try {
      SSLSocket socket = over(client, connected, server);
      socket.setSoTimeout(0);
      return socket;
    } catch (SSLException e) {
      throw new FailureException(
          "no TLS with " + server + ": " + e.getMessage() + hint(String.valueOf(e.getMessage())),
          e);
    }
  }

  /** A Unix socket has no host to ask a certificate for; its servers call themselves localhost. */
  private static SSLSocket over(TlsClient client, Socket connected, ServerAddress server)
      throws IOException {
    return switch (server) {
      case HostPort host -> client.over(connected, host.host(), host.port());
      case UnixPath _ -> client.over(connected, "localhost", 0);
    };
  }

  /** The layer of connections to this server; null when TLS is not asked for. */
  @Nullable StreamLayer layer(ServerAddress server) throws IOException {
    if (!tls) {
      return null;
    }
    return switch (server) {
      case HostPort host -> client().to(host.host(), host.port());
      case UnixPath _ -> client().to("localhost", 0);
    };
  }

  /** What to do about it; empty when nothing is known. */
  static String hint(String message) {
    if (message.contains("PKIX") || message.contains("No subject alternative")) {
      return "; name its authority with --ca FILE, or try with --insecure";
    }
    return message.contains("plaintext") ? "; is it a server without TLS?" : "";
  }

  private TlsClient client() throws IOException {
    TlsClient.Builder builder = TlsClient.builder();
    if (authorities != null) {
      builder.authorities(authorities);
    }
    if (insecure) {
      System.err.println("fivefold: --insecure: who answers is not checked");
      builder.insecure();
    }
    if (certificate != null) {
      builder.identity(TlsIdentity.read(certificate, key == null ? certificate : key));
    }
    return builder.build();
  }
}
