package fivefold.cli;

import fivefold.cluster.BrokerOptions;
import fivefold.cluster.ClusterOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** That a chat is one with those on other servers, and how they find each other. */
final class ClusterFlags {
  List<String> urls = new ArrayList<>();
  @Nullable String name;
  @Nullable String user;
  @Nullable Path passwordFile;
  @Nullable Path tokenFile;
  @Nullable Path credentials;
  @Nullable Path authorities;
  @Nullable Path certificate;
  @Nullable Path key;
  @Nullable Duration lease;
  @Nullable Integer queueBytes;
  @Nullable Integer replicas;

  void addTo(Flags flags) {
    flags.list(
        "--cluster",
        "URL",
        ",",
        text -> text,
        () -> urls,
        all -> urls = all,
        "chat: be one chat with all servers that name this NATS broker, nats://HOST:4222 or",
        "tls://HOST:4222; several, separated by commas, where the brokers are a cluster.");
    flags.text(
        "--cluster-name",
        "NAME",
        value -> name = value,
        "chat: which chat, where several share a broker (chat).");
    flags.text(
        "--cluster-user",
        "NAME",
        value -> user = value,
        "chat: who this server is to the broker; with --cluster-password-file.");
    flags.value(
        "--cluster-password-file",
        "FILE",
        Path::of,
        value -> passwordFile = value,
        "chat: the first line is the password of --cluster-user.");
    flags.value(
        "--cluster-token-file",
        "FILE",
        Path::of,
        value -> tokenFile = value,
        "chat: the first line is a token the broker asks for.");
    flags.value(
        "--cluster-creds",
        "FILE",
        Path::of,
        value -> credentials = value,
        "chat: a credentials file, as nsc makes it.");
    flags.value(
        "--cluster-ca",
        "FILE",
        Path::of,
        value -> authorities = value,
        "chat: only these may sign the broker's certificate, PEM.");
    flags.value(
        "--cluster-cert",
        "FILE",
        Path::of,
        value -> certificate = value,
        "chat: what this server shows the broker, PEM; with --cluster-key.");
    flags.value(
        "--cluster-key",
        "FILE",
        Path::of,
        value -> key = value,
        "chat: the private key of --cluster-cert, PEM.");
    flags.value(
        "--cluster-lease",
        "TIME",
        new TimeSpan(),
        value -> lease = value,
        "chat: the members of a server that is silent for so long are gone (15s).");
    flags.value(
        "--cluster-queue",
        "BYTES",
        new ByteSize(),
        value -> queueBytes = value,
        "chat: what may wait here while the broker is away (4m).");
    flags.value(
        "--cluster-replicas",
        "N",
        new WholeNumber(),
        value -> replicas = value,
        "chat: how many brokers keep the messages; the first server decides (1).");
  }

  /** Whether there is to be one. */
  boolean isWanted() {
    return !urls.isEmpty();
  }

  boolean isEmpty() {
    return urls.isEmpty()
        && name == null
        && user == null
        && passwordFile == null
        && tokenFile == null
        && credentials == null
        && authorities == null
        && certificate == null
        && key == null
        && lease == null
        && queueBytes == null
        && replicas == null;
  }

  BrokerOptions broker() throws IOException {
    try {
      return BrokerOptions.at(urls)
          .withUser(user, passwordFile == null ? null : SecretFile.firstLine(passwordFile).strip())
          .withToken(tokenFile == null ? null : SecretFile.firstLine(tokenFile).strip())
          .withCredentials(credentials)
          .withAuthorities(authorities)
          .withIdentity(certificate, key);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  ClusterOptions options() {
    try {
      ClusterOptions options = ClusterOptions.DEFAULT;
      options = name == null ? options : options.withName(name);
      options = lease == null ? options : options.withLease(lease);
      options = queueBytes == null ? options : options.withLimitQueuedBytes(queueBytes);
      return replicas == null ? options : options.withReplicas(replicas);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }
}
