package fivefold.net.tls;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** What the builders of a server's and of a client's side have in common. */
final class TlsOptions {
  private static final int LEAST_HANDSHAKE_BYTES = 1024;

  String[] applicationProtocols = {};
  String[] protocols = {"TLSv1.3", "TLSv1.2"};
  Executor tasks = HandshakeThreads.shared();
  private Duration handshakeTimeout = Duration.ofSeconds(10);
  private int handshakeLimitBytes = 128 * 1024;

  void handshakeTimeout(Duration timeout) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException(
          "handshake timeout is " + timeout + "; expected more than zero");
    }
    handshakeTimeout = timeout;
  }

  void handshakeLimitBytes(int bytes) {
    if (bytes < LEAST_HANDSHAKE_BYTES) {
      throw new IllegalArgumentException(
          "handshake limit is " + bytes + " bytes; expected at least " + LEAST_HANDSHAKE_BYTES);
    }
    handshakeLimitBytes = bytes;
  }

  SSLParameters parameters(SSLContext context) {
    List<String> known = List.of(context.getSupportedSSLParameters().getProtocols());
    if (protocols.length == 0 || !known.containsAll(List.of(protocols))) {
      throw new IllegalArgumentException(
          "TLS protocols " + Arrays.toString(protocols) + "; expected some of " + known);
    }
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(protocols);
    parameters.setApplicationProtocols(applicationProtocols);
    return parameters;
  }

  TlsSettings settings(boolean speaksFirst, Supplier<SSLEngine> engines) {
    return new TlsSettings(speaksFirst, engines, tasks, handshakeTimeout, handshakeLimitBytes);
  }
}
