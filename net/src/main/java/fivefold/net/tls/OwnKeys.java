package fivefold.net.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the identity for a handshake: the first that is for the name the client asks for, else
 * the first at all, of those whose key fits.
 *
 * <p>The JDK asks for a word first and then, by the word, for key and chain; a renewal in between
 * must not mix two identities. So the word is the identity's fingerprint, and those of the last
 * renewals are remembered.
 */
final class OwnKeys extends X509ExtendedKeyManager {
  /** Far more than any server has; beyond it those that are not current are forgotten. */
  private static final int REMEMBERED = 1024;

  private final List<Supplier<TlsIdentity>> sources;
  private final Map<String, TlsIdentity> byAlias = new ConcurrentHashMap<>();

  OwnKeys(List<Supplier<TlsIdentity>> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return choose(keyType, requestedName(engine.getHandshakeSession()));
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
    return chooseFirst(keyTypes);
  }

  private @Nullable String choose(String keyType, String host) {
    TlsIdentity fallback = null;
    for (Supplier<TlsIdentity> source : sources) {
      TlsIdentity identity = source.get();
      if (!fits(identity, keyType)) {
        continue;
      }
      if (!host.isEmpty() && identity.isFor(host)) {
        return aliasOf(identity);
      }
      if (fallback == null) {
        fallback = identity;
      }
    }
    // One of another key's kind may be for that name: then this kind is not the one to use.
    return fallback == null || isServedByAnother(keyType, host) ? null : aliasOf(fallback);
  }

  private boolean isServedByAnother(String keyType, String host) {
    return !host.isEmpty()
        && sources.stream()
            .map(Supplier::get)
            .anyMatch(identity -> !fits(identity, keyType) && identity.isFor(host));
  }

  private static boolean fits(TlsIdentity identity, String keyType) {
    String algorithm = identity.key().getAlgorithm();
    // An RSA key also signs as PSS, which the JDK asks for as RSA; EC_EC and the like are TLS
    // 1.2's.
    return keyType.equals(algorithm) || keyType.startsWith(algorithm + "_");
  }

  private String aliasOf(TlsIdentity identity) {
    String alias = identity.fingerprint();
    if (byAlias.size() >= REMEMBERED) {
      byAlias.clear();
      sources.forEach(source -> byAlias.put(source.get().fingerprint(), source.get()));
    }
    byAlias.put(alias, identity);
    return alias;
  }

  private static String requestedName(@Nullable SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        if (name.getType() == StandardConstants.SNI_HOST_NAME) {
          return ((SNIHostName) name).getAsciiName();
        }
      }
    }
    return "";
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    TlsIdentity identity = byAlias.get(alias);
    return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    TlsIdentity identity = byAlias.get(alias);
    return identity == null ? null : identity.key();
  }

  // Of sockets: a client that blocks has one, see TlsClient#socket.

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseFirst(keyTypes);
  }

  private @Nullable String chooseFirst(String[] keyTypes) {
    for (String keyType : keyTypes) {
      String alias = choose(keyType, "");
      if (alias != null) {
        return alias;
      }
    }
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose(keyType, "");
  }
}
