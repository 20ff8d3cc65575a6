package fivefold.lab.record;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What each server is given to do.
 *
 * @param service such as {@code echo}
 * @param connections open at once
 * @param messageBytes of one request, and of its reply
 * @param pipeline requests in flight on each connection; in an open loop, at most
 * @param rate requests that begin each second, over all connections (an open loop); null for a
 *     closed loop, where each reply sends the next
 * @param mix how the connections behave, a word of {@link fivefold.lab.load.Mix}; null when all ask
 *     all the time
 * @param reply {@link #SAME} when the bytes come back as they are; null when in upper case
 */
public record Workload(
    String service,
    int connections,
    int messageBytes,
    int pipeline,
    @Nullable Double rate,
    @Nullable String mix,
    @Nullable String reply) {
  /** The bytes come back as they are. */
  public static final String SAME = "same";

  /** A closed loop. */
  public Workload(String service, int connections, int messageBytes, int pipeline) {
    this(service, connections, messageBytes, pipeline, null, null, null);
  }

  /** The same with another number of connections. */
  public Workload withConnections(int other) {
    return new Workload(service, other, messageBytes, pipeline, rate, mix, reply);
  }

  /** Whether the bytes come back as they are. */
  public boolean repliesSame() {
    return SAME.equals(reply);
  }

  @Override
  public String toString() {
    return service
        + (mix == null ? "" : " (" + mix + ")")
        + (repliesSame() ? " of the same" : "")
        + ", "
        + connections
        + (connections == 1 ? " connection x " : " connections x ")
        + messageBytes
        + " bytes, "
        + (rate == null
            ? pipeline + " in flight on each"
            : String.format(
                Locale.ROOT, "%,.0f requests/s, at most %d in flight on each", rate, pipeline));
  }
}
