package fivefold.cli;

import fivefold.net.StreamServerBuilder;
import fivefold.net.tls.CertificateFiles;
import fivefold.net.tls.TlsIdentity;
import fivefold.net.tls.TlsServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TLS around whatever is served. */
final class TlsFlags {
  List<Path> certificates = new ArrayList<>();
  List<Path> keys = new ArrayList<>();
  @Nullable Path clientAuthorities;
  boolean selfSigned;

  void addTo(Flags flags) {
    flags.list(
        "--tls-cert",
        "FILE",
        "",
        Path::of,
        () -> certificates,
        all -> certificates = all,
        "Serve by TLS: the certificate with its chain, PEM. Given again, with a key each, the one is",
        "shown that is for the name the client asks for. Renewed files are read without a restart.");
    flags.list(
        "--tls-key",
        "FILE",
        "",
        Path::of,
        () -> keys,
        all -> keys = all,
        "Its private key, PEM; without it the key is in the file of the certificate.");
    flags.value(
        "--tls-client-ca",
        "FILE",
        Path::of,
        value -> clientAuthorities = value,
        "Clients must show a certificate signed by one of these, PEM.");
    flags.toggle(
        "--tls-self-signed",
        value -> selfSigned = value,
        "Serve by TLS with a certificate made for this run, to try things out.");
  }

  boolean isEmpty() {
    return certificates.isEmpty() && keys.isEmpty() && clientAuthorities == null && !selfSigned;
  }

  void applyTo(StreamServerBuilder builder) throws IOException {
    if (isEmpty()) {
      return;
    }
    check();
    TlsServer.Builder tls = TlsServer.builder();
    if (selfSigned) {
      TlsIdentity identity = TlsIdentity.selfSigned();
      System.getLogger("fivefold.serve")
          .log(
              Level.INFO,
              "TLS certificate for localhost, signed by itself, SHA-256 " + identity.fingerprint());
      tls.identity(identity);
    }
    for (int i = 0; i < certificates.size(); i++) {
      Path chain = certificates.get(i);
      tls.identity(new CertificateFiles(chain, keys.isEmpty() ? chain : keys.get(i)));
    }
    if (clientAuthorities != null) {
      tls.clientAuthorities(clientAuthorities);
    }
    builder.layer(tls.build());
  }

  private void check() {
    if (selfSigned && !certificates.isEmpty()) {
      throw new UsageException(
          "--tls-self-signed and --tls-cert are both given; expected one of them");
    }
    if (!selfSigned && certificates.isEmpty()) {
      throw new UsageException(
          (keys.isEmpty() ? "--tls-client-ca" : "--tls-key")
              + " is given without a certificate; add --tls-cert FILE or --tls-self-signed");
    }
    if (selfSigned ? !keys.isEmpty() : !keys.isEmpty() && keys.size() != certificates.size()) {
      throw new UsageException(
          "--tls-key is given "
              + keys.size()
              + " times and --tls-cert "
              + certificates.size()
              + " times; expected a key for each certificate");
    }
  }
}
