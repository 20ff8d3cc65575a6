package fivefold.lab.load;

import java.net.SocketAddress;
import java.time.Duration;

/**
 * A closed loop: on each connection so many requests are in flight, and each reply sends the next.
 *
 * @param target an upper-case echo server
 * @param connections 1 to {@value #CONNECTIONS_LIMIT}
 * @param messageBytes of each request and reply, 1 to {@value #MESSAGE_LIMIT_BYTES}
 * @param pipeline requests in flight on each connection, 1 to {@value #PIPELINE_LIMIT}
 * @param warmup load that is not counted, before the window
 * @param duration the window
 * @param patience how long may pass while connecting without any answer from the server
 */
public record LoadPlan(
    SocketAddress target,
    int connections,
    int messageBytes,
    int pipeline,
    Duration warmup,
    Duration duration,
    Duration patience) {
  public static final int CONNECTIONS_LIMIT = 1_000_000;
  public static final int MESSAGE_LIMIT_BYTES = 16 << 20;
  public static final int PIPELINE_LIMIT = 4096;

  /** How long to wait for a server that does not answer. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  public LoadPlan {
    check("connections", connections, CONNECTIONS_LIMIT);
    check("message size", messageBytes, MESSAGE_LIMIT_BYTES);
    check("pipeline", pipeline, PIPELINE_LIMIT);
    if (warmup.isNegative() || duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "the warm-up must not be negative and the duration must be above 0");
    }
  }

  private static void check(String what, int value, int limit) {
    if (value < 1 || value > limit) {
      throw new IllegalArgumentException(what + " must be 1 to " + limit + ", not " + value);
    }
  }
}
