package fivefold.cluster;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker is, and who we are to it. Immutable.
 *
 * <pre>{@code
 * BrokerOptions.at(List.of("tls://nats.example.org:4222")).withCredentials(Path.of("chat.creds"))
 * }</pre>
 *
 * @param urls of one broker, or of several that are a cluster: {@code nats://HOST:4222}, or {@code
 *     tls://HOST:4222}
 * @param user null for none
 * @param password of the user
 * @param token null for none
 * @param credentials a file with a JWT and its key, as {@code nsc} makes it; null for none
 * @param authorities PEM, the only ones trusted to sign the broker's certificate; null for those
 *     the JDK trusts
 * @param certificate PEM, ours with its chain, where the broker wants one; null for none
 * @param key PEM, of the certificate
 */
public record BrokerOptions(
    List<String> urls,
    @Nullable String user,
    @Nullable String password,
    @Nullable String token,
    @Nullable Path credentials,
    @Nullable Path authorities,
    @Nullable Path certificate,
    @Nullable Path key) {

  /**
   * Checks that they go together.
   *
   * @throws IllegalArgumentException when they do not; the message says what is expected
   */
  public BrokerOptions {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("no broker is named; expected nats://HOST:4222");
    }
    for (String url : urls) {
      if (!url.startsWith("nats://") && !url.startsWith("tls://")) {
        throw new IllegalArgumentException(
            "'" + url + "' is no broker; expected nats://HOST:4222 or tls://HOST:4222");
      }
    }
    int ways = (user == null ? 0 : 1) + (token == null ? 0 : 1) + (credentials == null ? 0 : 1);
    if (ways > 1) {
      throw new IllegalArgumentException(
          "a user, a token and a credentials file say who this server is to the broker; expected"
              + " one of them");
    }
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("a user and a password belong together");
    }
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException(
          "a certificate for the broker and its key belong together");
    }
  }

  /** Without credentials; with {@code tls://}, trusting whom the JDK trusts. */
  public static BrokerOptions at(List<String> urls) {
    return new BrokerOptions(urls, null, null, null, null, null, null, null);
  }

  public BrokerOptions withUser(@Nullable String name, @Nullable String secret) {
    return new BrokerOptions(urls, name, secret, token, credentials, authorities, certificate, key);
  }

  public BrokerOptions withToken(@Nullable String secret) {
    return new BrokerOptions(
        urls, user, password, secret, credentials, authorities, certificate, key);
  }

  public BrokerOptions withCredentials(@Nullable Path file) {
    return new BrokerOptions(urls, user, password, token, file, authorities, certificate, key);
  }

  public BrokerOptions withAuthorities(@Nullable Path file) {
    return new BrokerOptions(urls, user, password, token, credentials, file, certificate, key);
  }

  public BrokerOptions withIdentity(@Nullable Path chain, @Nullable Path ofChain) {
    return new BrokerOptions(urls, user, password, token, credentials, authorities, chain, ofChain);
  }

  boolean isTls() {
    return authorities != null
        || certificate != null
        || urls.stream().anyMatch(url -> url.startsWith("tls://"));
  }

  /** For the log: no secret, also when one is in a URL. */
  String place() {
    return String.join(
        ", ", urls.stream().map(url -> url.replaceFirst("//[^/@]*@", "//")).toList());
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "BrokerOptions[" + place() + "]";
  }
}
