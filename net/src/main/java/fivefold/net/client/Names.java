package fivefold.net.client;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * From a name to its addresses, in the order in which to try them. The system's resolver blocks, in
 * native code, so it has platform threads of its own.
 */
final class Names {
  private static final int MOST_THREADS = 8;

  private static final ThreadPoolExecutor RESOLVERS =
      new ThreadPoolExecutor(
          MOST_THREADS,
          MOST_THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("fivefold-names-", 0).factory());

  static {
    RESOLVERS.allowCoreThreadTimeOut(true);
  }

  private Names() {}

  static void resolve(String host, int port, Race race) {
    RESOLVERS.execute(() -> {
      try {
        race.run(inTurns(InetAddress.getAllByName(host), port));
      } catch (UnknownHostException e) {
        race.fail(
            new IOException(
                "host '"
                    + host
                    + "' is not known; expected a name the system resolves, or an address",
                e));
      }
    });
  }

  /**
   * The families in turns, beginning with that of the first, which the system prefers (RFC 8305,
   * section 4; RFC 6724).
   */
  static List<SocketAddress> inTurns(InetAddress[] found, int port) {
    boolean six = found[0] instanceof Inet6Address;
    List<SocketAddress> preferred = new ArrayList<>();
    List<SocketAddress> other = new ArrayList<>();
    for (InetAddress each : found) {
      boolean first = (each instanceof Inet6Address) == six;
      (first ? preferred : other).add(new InetSocketAddress(each, port));
    }
    List<SocketAddress> order = new ArrayList<>(found.length);
    Iterator<SocketAddress> a = preferred.iterator();
    Iterator<SocketAddress> b = other.iterator();
    while (a.hasNext() || b.hasNext()) {
      if (a.hasNext()) {
        order.add(a.next());
      }
      if (b.hasNext()) {
        order.add(b.next());
      }
    }
    return order;
  }
}
