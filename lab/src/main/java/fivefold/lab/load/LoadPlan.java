package fivefold.lab.load;

import java.net.SocketAddress;
import java.time.Duration;

/**
 * What is to be done to a server.
 *
 * <p>Without a rate it is a closed loop: on each connection so many requests are in flight, and
 * each reply sends the next. With a rate it is an open loop: requests begin when their time has
 * come, and each counts from then, also when it had to wait because its pipeline was full.
 *
 * @param target TCP, or a Unix socket
 * @param connections 1 to {@value #CONNECTIONS_LIMIT}
 * @param pipeline requests in flight on each connection, at most; 1 to {@value #PIPELINE_LIMIT}
 * @param requestsPerSecond over all connections; 0 for a closed loop
 * @param mix how the connections behave
 * @param warmup load that is not counted, before the window
 * @param duration the window
 * @param patience how long may pass while connecting without any answer from the server
 */
public record LoadPlan(
    SocketAddress target,
    Protocol protocol,
    int connections,
    int pipeline,
    double requestsPerSecond,
    Mix mix,
    Duration warmup,
    Duration duration,
    Duration patience) {
  public static final int CONNECTIONS_LIMIT = Limits.CONNECTIONS;
  public static final int MESSAGE_LIMIT_BYTES = Limits.MESSAGE_BYTES;
  public static final int PIPELINE_LIMIT = Limits.PIPELINE;
  public static final double RATE_LIMIT = 1e8;

  /** How long to wait for a server that does not answer. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  /** A steady load. */
  public LoadPlan(
      SocketAddress target,
      Protocol protocol,
      int connections,
      int pipeline,
      double requestsPerSecond,
      Duration warmup,
      Duration duration,
      Duration patience) {
    this(
        target,
        protocol,
        connections,
        pipeline,
        requestsPerSecond,
        Mix.STEADY,
        warmup,
        duration,
        patience);
  }

  public LoadPlan {
    Limits.check("connections", connections, CONNECTIONS_LIMIT);
    Limits.check("pipeline", pipeline, PIPELINE_LIMIT);
    if (!(requestsPerSecond >= 0 && requestsPerSecond <= RATE_LIMIT)) {
      throw new IllegalArgumentException(
          "the rate must be 0 to " + RATE_LIMIT + " requests a second, not " + requestsPerSecond);
    }
    if (connections < mix.leastConnections()) {
      throw new IllegalArgumentException(
          "the mix " + mix.word() + " needs " + mix.leastConnections() + " connections");
    }
    if (requestsPerSecond > 0 && !mix.allowsRate()) {
      throw new IllegalArgumentException("the mix " + mix.word() + " has no rate");
    }
    if (protocol instanceof Protocol.Datagrams && !mix.allowsDatagrams()) {
      throw new IllegalArgumentException("datagrams cannot be had in the mix " + mix.word());
    }
    if (warmup.isNegative() || duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(
          "the warm-up must not be negative and the duration must be above 0");
    }
  }

  /** The same with another number of connections. */
  public LoadPlan withConnections(int other) {
    return new LoadPlan(
        target, protocol, other, pipeline, requestsPerSecond, mix, warmup, duration, patience);
  }

  /** Whether requests begin at a rate, not by replies. */
  public boolean isOpenLoop() {
    return requestsPerSecond > 0;
  }
}
