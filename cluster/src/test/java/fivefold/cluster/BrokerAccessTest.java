package fivefold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that lets not everybody in, and one that is not who it says it is. */
@Timeout(120)
class BrokerAccessTest {
  @TempDir Path folder;

  private NatsServer start(String configuration) throws IOException {
    Path file = folder.resolve("nats.conf");
    Files.writeString(file, configuration);
    return NatsServer.start(folder, "-c", file.toString());
  }

  private static void works(BrokerOptions options) throws Exception {
    try (Node node = Node.start(options, ClusterOptions.DEFAULT);
        Client client = Client.present(node.port())) {
      client.sendLine("hello").awaitLine("hello");
    }
  }

  private static void isRefused(BrokerOptions options) {
    assertThatThrownBy(() -> Cluster.connect(options, ClusterOptions.DEFAULT).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refuses these credentials");
  }

  @Test
  void userAndPassword() throws Exception {
    try (NatsServer broker = start("authorization { user: chat, password: secret }")) {
      works(broker.options().withUser("chat", "secret"));
      isRefused(broker.options().withUser("chat", "wrong"));
    }
  }

  @Test
  void token() throws Exception {
    try (NatsServer broker = start("authorization { token: secret }")) {
      works(broker.options().withToken("secret"));
    }
  }

  @Test
  void credentialsFile() throws Exception {
    SignedJwt operator = new SignedJwt(SignedJwt.OPERATOR);
    SignedJwt account = new SignedJwt(SignedJwt.ACCOUNT);
    SignedJwt system = new SignedJwt(SignedJwt.ACCOUNT);
    SignedJwt user = new SignedJwt(SignedJwt.USER);
    String unlimited =
        "\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,\"conn\":-1,"
            + "\"leaf\":-1,\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1";
    String ofAccount =
        operator.sign(
            account.id(),
            "chat",
            "{\"limits\":{" + unlimited + "},\"type\":\"account\",\"version\":2}");
    String ofSystem =
        operator.sign(
            system.id(),
            "system",
            "{\"limits\":{\"subs\":-1,\"conn\":-1},\"type\":\"account\",\"version\":2}");
    String ofUser =
        account.sign(
            user.id(),
            "server",
            "{\"subs\":-1,\"data\":-1,\"payload\":-1,\"type\":\"user\",\"version\":2}");
    Path credentials = folder.resolve("chat.creds");
    Files.writeString(
        credentials,
        """
        -----BEGIN NATS USER JWT-----
        %s
        ------END NATS USER JWT------

        -----BEGIN USER NKEY SEED-----
        %s
        ------END USER NKEY SEED------
        """
            .formatted(ofUser, user.seed()));
    String ofOperator =
        operator.sign(operator.id(), "operator", "{\"type\":\"operator\",\"version\":2}");
    try (NatsServer broker =
        start(
            """
            operator: "%s"
            system_account: %s
            resolver: MEMORY
            resolver_preload: { %s: "%s", %s: "%s" }
            """
                .formatted(
                    ofOperator, system.id(), account.id(), ofAccount, system.id(), ofSystem))) {
      works(broker.options().withCredentials(credentials));
    }
  }

  @Test
  void aFileThatIsNoCredentialsSaysSo() throws Exception {
    Path file = Files.writeString(folder.resolve("no.creds"), "hello\n");
    assertThatThrownBy(() ->
            Cluster.connect(
                BrokerOptions.at(List.of("nats://127.0.0.1:1")).withCredentials(file),
                ClusterOptions.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no JWT in " + file + "; expected a credentials file as nsc makes it");
  }

  @Test
  void tlsTrustsTheRightBrokerAlone() throws Exception {
    TlsIdentity identity = TlsIdentity.selfSigned("localhost");
    Path certificate = Files.writeString(folder.resolve("nats.pem"), identity.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), identity.keyPem());
    Path stranger = folder.resolve("other.pem");
    Path strangerKey = folder.resolve("other-key.pem");
    writeIdentityOf("elsewhere.example", stranger, strangerKey);
    String tls = "tls { cert_file: \"%s\", key_file: \"%s\" }";
    try (NatsServer broker = start(tls.formatted(certificate, key))) {
      BrokerOptions there = BrokerOptions.at(List.of("tls://localhost:" + broker.port()));
      works(there.withAuthorities(certificate));
    }
    try (NatsServer impostor = start(tls.formatted(stranger, strangerKey))) {
      BrokerOptions there = BrokerOptions.at(List.of("tls://localhost:" + impostor.port()));
      assertThatThrownBy(
              () -> Cluster.connect(there.withAuthorities(stranger), ClusterOptions.DEFAULT))
          .as("trusted, but for another host")
          .isInstanceOf(IOException.class)
          .hasMessageContaining("matching localhost found");
    }
  }

  /** The library's own self-signed ones are for localhost, too. */
  private void writeIdentityOf(String host, Path certificate, Path key) throws Exception {
    Path file = folder.resolve("identity.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storepass",
                "secret",
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), "secret".toCharArray());
    Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate("it").getEncoded()));
    Files.writeString(
        key, pem("PRIVATE KEY", store.getKey("it", "secret".toCharArray()).getEncoded()));
  }

  private static String pem(String what, byte[] encoded) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(encoded), what);
  }

  @Test
  void aBrokerWithoutJetStreamSaysSo() throws Exception {
    try (NatsServer broker = start("accounts { A: { users: [ { user: u, password: p } ] } }")) {
      assertThatThrownBy(
              () -> Cluster.connect(broker.options().withUser("u", "p"), ClusterOptions.DEFAULT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has no JetStream for us");
    }
  }

  @Test
  void secretsAreNotShown() {
    BrokerOptions options =
        BrokerOptions.at(List.of("nats://user:pass@host:4222")).withToken("token");

    assertThat(options).hasToString("BrokerOptions[nats://host:4222]");
    assertThat(options.place()).isEqualTo("nats://host:4222");
  }
}
