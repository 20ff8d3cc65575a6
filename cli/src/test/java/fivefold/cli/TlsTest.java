package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.tls.TlsIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
  private final TlsIdentity identity = TlsIdentity.selfSigned();
  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static void write(Fivefold program, String text) throws IOException {
    try (OutputStream input = program.input()) {
      input.write(text.getBytes(UTF_8));
    }
  }

  @Test
  void servesFilesAndChecksThem() throws Exception {
    String chain = file("cert.pem", identity.certificatePem());
    String key = file("key.pem", identity.keyPem());
    try (Fivefold serve =
        Fivefold.start("serve", "echo", "--port", "0", "--tls-cert", chain, "--tls-key", key)) {
      String server = "localhost:" + serve.port();
      try (Fivefold connect = Fivefold.start("connect", server, "--tls", "--ca", chain)) {
        write(connect, "hello");
        assertThat(connect.output()).isEqualTo("HELLO");
        assertThat(connect.exitCode()).isZero();
      }
      try (Fivefold mistrusting = Fivefold.start("connect", server, "--tls")) {
        write(mistrusting, "hello");
        assertThat(mistrusting.errors())
            .startsWith("fivefold: connect: no TLS with " + server)
            .endsWith("; name its authority with --ca FILE, or try with --insecure\n");
        assertThat(mistrusting.exitCode()).isEqualTo(1);
      }
    }
  }

  @Test
  void makesACertificateToTryThingsOutAndPrintsItsFingerprint() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0", "--tls-self-signed")) {
      try (Fivefold connect =
          Fivefold.start("connect", "127.0.0.1:" + serve.port(), "--tls", "--insecure")) {
        write(connect, "hello");
        assertThat(connect.output()).isEqualTo("HELLO");
        assertThat(connect.errors()).contains("who answers is not checked");
      }
      serve.signal("TERM");
      assertThat(serve.errors()).containsPattern("SHA-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }
  }

  @Test
  void clientsShowTheirs() throws Exception {
    TlsIdentity client = TlsIdentity.selfSigned("client");
    String clientFile = file("client.pem", client.certificatePem() + client.keyPem());
    try (Fivefold serve =
            Fivefold.start(
                "serve",
                "echo",
                "--port",
                "0",
                "--tls-self-signed",
                "--tls-client-ca",
                clientFile);
        Fivefold connect =
            Fivefold.start(
                "connect",
                "localhost:" + serve.port(),
                "--tls",
                "--insecure",
                "--cert",
                clientFile)) {
      write(connect, "hello");
      assertThat(connect.output()).isEqualTo("HELLO");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve time --tls-self-signed                       | this serves datagrams
          serve echo --tls-key k                             | --tls-key is given without a certificate
          serve echo --tls-client-ca c                       | --tls-client-ca is given without a certificate
          serve echo --tls-self-signed --tls-cert c          | expected one of them
          serve echo --tls-cert a --tls-key b --tls-key c    | expected a key for each certificate
          serve echo --tls-self-signed --slow-consumer drop-oldest --port 0 | does not go with a layer
          serve echo --tls-self-signed --model process --port 0 | choose another model
          connect localhost:1 --insecure                     | add --tls
          connect localhost:1 --tls --udp                    | expected one of them
          connect localhost:1 --tls --key k                  | add --cert FILE
          """)
  void whatCannotBeIsOneLine(String command, String words) {
    Captured run = Captured.run(command.strip().split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors().lines().filter(line -> line.startsWith("fivefold: ")))
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void anEncryptedKeyIsOneLine() throws Exception {
    String chain = file("cert.pem", identity.certificatePem());
    String key =
        file(
            "key.pem",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
    Captured run =
        Captured.run("serve", "echo", "--port", "0", "--tls-cert", chain, "--tls-key", key);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("is encrypted; decrypt it first: openssl pkey -in " + key);
  }
}
