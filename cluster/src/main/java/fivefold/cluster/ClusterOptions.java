package fivefold.cluster;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What may be chosen about a cluster. Immutable.
 *
 * @param name of the chat; several may share one broker
 * @param lease how long the members of a server that is not heard of count as present
 * @param limitQueuedBytes what may wait to be stored, of all members of this server together
 * @param replicas how many brokers keep the stream; 1, or 3 or 5 where the brokers are a cluster
 */
public record ClusterOptions(String name, Duration lease, long limitQueuedBytes, int replicas) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
  private static final Duration LONGEST_LEASE = Duration.ofHours(1);
  private static final long LEAST_QUEUED_BYTES = 64 << 10;

  /** The chat named {@code chat}, 15 s, 4 MiB, one replica. */
  public static final ClusterOptions DEFAULT =
      new ClusterOptions("chat", Duration.ofSeconds(15), 4 << 20, 1);

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException when one is out of range; the message says what is expected
   */
  public ClusterOptions {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the cluster's name is '" + name + "'; expected 1 to 32 of A-Z a-z 0-9 _ -");
    }
    if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException(
          "the lease is " + lease.toMillis() + " ms; expected 1s to 1h");
    }
    if (limitQueuedBytes < LEAST_QUEUED_BYTES) {
      throw new IllegalArgumentException(
          "the queue has room for " + limitQueuedBytes + " bytes; expected at least 64k");
    }
    if (replicas < 1 || replicas > 5) {
      throw new IllegalArgumentException("there are " + replicas + " replicas; expected 1 to 5");
    }
  }

  public ClusterOptions withName(String text) {
    return new ClusterOptions(text, lease, limitQueuedBytes, replicas);
  }

  public ClusterOptions withLease(Duration time) {
    return new ClusterOptions(name, time, limitQueuedBytes, replicas);
  }

  public ClusterOptions withLimitQueuedBytes(long bytes) {
    return new ClusterOptions(name, lease, bytes, replicas);
  }

  public ClusterOptions withReplicas(int count) {
    return new ClusterOptions(name, lease, limitQueuedBytes, count);
  }
}
