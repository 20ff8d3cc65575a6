package fivefold.cli;

import fivefold.cluster.BrokerOptions;
import fivefold.cluster.ClusterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** That a chat is one with those on other servers, and how they find each other. */
final class ClusterFlags {
  @Option(
      names = "--cluster",
      paramLabel = "URL",
      split = ",",
      description = {
        "chat: be one chat with all servers that name this NATS broker, nats://HOST:4222 or",
        "tls://HOST:4222; several, separated by commas, where the brokers are a cluster."
      })
  List<String> urls = new ArrayList<>();

  @Option(
      names = "--cluster-name",
      paramLabel = "NAME",
      description = "chat: which chat, where several share a broker (chat).")
  @Nullable String name;

  @Option(
      names = "--cluster-user",
      paramLabel = "NAME",
      description = "chat: who this server is to the broker; with --cluster-password-file.")
  @Nullable String user;

  @Option(
      names = "--cluster-password-file",
      paramLabel = "FILE",
      description = "chat: the first line is the password of --cluster-user.")
  @Nullable Path passwordFile;

  @Option(
      names = "--cluster-token-file",
      paramLabel = "FILE",
      description = "chat: the first line is a token the broker asks for.")
  @Nullable Path tokenFile;

  @Option(
      names = "--cluster-creds",
      paramLabel = "FILE",
      description = "chat: a credentials file, as nsc makes it.")
  @Nullable Path credentials;

  @Option(
      names = "--cluster-ca",
      paramLabel = "FILE",
      description = "chat: only these may sign the broker's certificate, PEM.")
  @Nullable Path authorities;

  @Option(
      names = "--cluster-cert",
      paramLabel = "FILE",
      description = "chat: what this server shows the broker, PEM; with --cluster-key.")
  @Nullable Path certificate;

  @Option(
      names = "--cluster-key",
      paramLabel = "FILE",
      description = "chat: the private key of --cluster-cert, PEM.")
  @Nullable Path key;

  @Option(
      names = "--cluster-lease",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "chat: the members of a server that is silent for so long are gone (15s).")
  @Nullable Duration lease;

  @Option(
      names = "--cluster-queue",
      paramLabel = "BYTES",
      converter = ByteSize.class,
      description = "chat: what may wait here while the broker is away (4m).")
  @Nullable Integer queueBytes;

  @Option(
      names = "--cluster-replicas",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "chat: how many brokers keep the messages; the first server decides (1).")
  @Nullable Integer replicas;

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
          .withUser(user, passwordFile == null ? null : firstLine(passwordFile))
          .withToken(tokenFile == null ? null : firstLine(tokenFile))
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

  private static String firstLine(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElse("").strip();
    }
  }
}
