package fivefold.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PEM files as they are met: good ones, wrong ones, and ones that are renewed. */
class TlsFilesTest {
  @TempDir Path folder;

  private final TlsIdentity identity = TlsIdentity.selfSigned();

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void readsPkcs8() throws IOException {
    Path both = file("both.pem", "a comment\n" + identity.certificatePem() + identity.keyPem());
    TlsIdentity read = TlsIdentity.read(both, both);
    assertThat(read.fingerprint()).isEqualTo(identity.fingerprint());
    assertThat(read.key()).isEqualTo(identity.key());
  }

  /** PKCS#8 wraps the older forms: version, algorithm, and an octet string with the key. */
  @Test
  void readsPkcs1() throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    byte[] pkcs8 = key.getEncoded();
    // SEQUENCE(4) INTEGER(3) SEQUENCE(15) OCTET STRING(4).
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
    Path pem = file("rsa.pem", Pem.text("RSA PRIVATE KEY", pkcs1));
    assertThat(PrivateKeys.read(pem)).isEqualTo(key);
  }

  /** As openssl writes it, the block of parameters in front (RFC 5915). */
  @Test
  void readsSec1() throws Exception {
    byte[] scalar = new byte[32];
    byte[] number = ((ECPrivateKey) identity.key()).getS().toByteArray();
    int count = Math.min(number.length, scalar.length);
    System.arraycopy(number, number.length - count, scalar, scalar.length - count, count);
    byte[] curve = DerWriter.oid("1.2.840.10045.3.1.7");
    byte[] sec1 =
        DerWriter.sequence(
            DerWriter.integer(BigInteger.ONE),
            DerWriter.octets(scalar),
            DerWriter.value(0xA0, curve));
    Path pem = file("ec.pem", Pem.text("EC PARAMETERS", curve) + Pem.text("EC PRIVATE KEY", sec1));
    ECPrivateKey read = (ECPrivateKey) PrivateKeys.read(pem);
    // The key itself: how it is encoded may differ.
    assertThat(read.getS()).isEqualTo(((ECPrivateKey) identity.key()).getS());
    assertThat(read.getParams().getOrder())
        .isEqualTo(((ECPrivateKey) identity.key()).getParams().getOrder());
  }

  @Test
  void refusesAnEncryptedKeyAndSaysHowToDecryptIt() throws IOException {
    Path modern = file("modern.pem", Pem.text("ENCRYPTED PRIVATE KEY", new byte[10]));
    Path old =
        file(
            "old.pem",
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF

            AAAA
            -----END RSA PRIVATE KEY-----
            """);
    for (Path each : List.of(modern, old)) {
      assertThatThrownBy(() -> PrivateKeys.read(each))
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("encrypted", "openssl pkey -in " + each);
    }
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path empty = file("empty.pem", "");
    Path certificate = file("cert.pem", identity.certificatePem());
    Path broken = file("broken.pem", Pem.text("PRIVATE KEY", new byte[] {1, 2, 3}));
    Path strange = file("other.pem", TlsIdentity.selfSigned().keyPem());
    assertThatThrownBy(() -> TlsIdentity.read(empty, empty)).hasMessageContaining("no certificate");
    assertThatThrownBy(() -> TlsIdentity.read(folder.resolve("none.pem"), empty))
        .hasMessageContaining("no file");
    assertThatThrownBy(() -> TlsIdentity.read(folder, empty))
        .hasMessageContaining(folder + " is a directory");
    assertThatThrownBy(() -> TlsIdentity.read(certificate, certificate))
        .hasMessageContainingAll("no private key", "found CERTIFICATE");
    assertThatThrownBy(() -> TlsIdentity.read(certificate, broken))
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> TlsIdentity.read(certificate, strange))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not that of the certificate");
  }

  @Test
  void anyTruncationOfAKeyIsOneError() throws IOException {
    byte[] whole = identity.key().getEncoded();
    for (int length = 0; length < whole.length; length++) {
      for (String label : List.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY")) {
        Path pem = file("cut.pem", Pem.text(label, Arrays.copyOf(whole, length)));
        assertThatThrownBy(() -> PrivateKeys.read(pem)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aRenewalIsSeenWhenBothFilesFit() throws IOException {
    Path chain = file("cert.pem", identity.certificatePem());
    Path key = file("key.pem", identity.keyPem());
    CertificateFiles files = new CertificateFiles(chain, key, Duration.ZERO);
    assertThat(files.current().fingerprint()).isEqualTo(identity.fingerprint());

    TlsIdentity renewed = TlsIdentity.selfSigned();
    renew(chain, renewed.certificatePem(), 1);
    assertThat(files.current().fingerprint())
        .as("the key is still the old one")
        .isEqualTo(identity.fingerprint());
    assertThatThrownBy(files::reload).hasMessageContaining("is not that of the certificate");

    renew(key, renewed.keyPem(), 2);
    assertThat(files.current().fingerprint()).isEqualTo(renewed.fingerprint());
    assertThat(files.reload()).isFalse();
  }

  private void renew(Path file, String text, int seconds) throws IOException {
    Files.writeString(file, text);
    long later = System.currentTimeMillis() + seconds * 1000L;
    Files.setLastModifiedTime(file, FileTime.fromMillis(later));
  }

  @Test
  void namesAndWildcards() {
    TlsIdentity named = TlsIdentity.selfSigned("www.example.org", "*.example.net");
    assertThat(named.isFor("WWW.example.org")).isTrue();
    assertThat(named.isFor("a.example.net")).isTrue();
    assertThat(named.isFor("a.b.example.net")).isFalse();
    assertThat(named.isFor("example.net")).isFalse();
    assertThat(named.isFor("example.org")).isFalse();
  }
}
