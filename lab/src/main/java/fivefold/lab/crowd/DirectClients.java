package fivefold.lab.crowd;

import fivefold.sys.Limits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many clients of one echo server on direct descriptors, which take a descriptor for thousands of
 * them. Needs io_uring; belongs to one thread.
 *
 * <pre>{@code
 * try (DirectClients clients = new DirectClients(server)) {
 *   int right = clients.connect(10_000) ? clients.ask() : 0;
 * }
 * }</pre>
 */
public final class DirectClients implements AutoCloseable {
  private static final int IN_A_TABLE = 8192;

  private final InetSocketAddress server;
  private final List<CrowdRing> rings = new ArrayList<>();

  public DirectClients(InetSocketAddress server) {
    this.server = server;
  }

  /**
   * Connects them.
   *
   * @param count at most as many as {@link CrowdRoom} says
   * @return whether all could be
   * @throws IOException when the kernel gives no ring, or no table so long
   */
  public boolean connect(int count) throws IOException {
    // A table is no longer than the process may have descriptors.
    int table = (int) Math.min(IN_A_TABLE, Limits.soft(Limits.RLIMIT_NOFILE));
    for (int first = 0; first < count; first += table) {
      int part = Math.min(table, count - first);
      CrowdRing ring = new CrowdRing(server, first, part);
      rings.add(ring);
      if (ring.connect(_ -> {}) < part) {
        return false;
      }
    }
    return true;
  }

  /** Has each ask one thing, and counts the right answers. */
  public int ask() {
    return rings.stream().mapToInt(ring -> ring.ask(_ -> {})).sum();
  }

  /** What went wrong first; null when nothing did. */
  public @Nullable String failure() {
    return rings.stream()
        .map(CrowdRing::failure)
        .filter(failure -> failure != null)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    rings.forEach(ring -> {
      ring.hangUp(_ -> {});
      ring.close();
    });
  }
}
