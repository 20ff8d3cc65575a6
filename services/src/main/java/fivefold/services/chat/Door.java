package fivefold.services.chat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who may come in: so many connections of one address, and none of a banned one. Thread-safe.
 *
 * <p>Of IPv6 a network of 64 bits counts as one address: a household has at least that many. Peers
 * on a Unix socket have no address; each counts for itself.
 */
final class Door {
  /** From here on addresses are forgotten that nobody is connected from. */
  private static final int REMEMBERED = 10_000;

  private static final long FORGET_EVERY_NANOS = 1_000_000_000L;
  private static final int IPV6_NETWORK_BYTES = 8;

  private final int connectionsPerAddress;
  private final int messagesPerSecond;
  private final Map<String, Source> sources = new HashMap<>();
  private final TreeSet<String> banned = new TreeSet<>();
  private long forgottenNanos = System.nanoTime();

  Door(int connectionsPerAddress, int messagesPerSecond) {
    this.connectionsPerAddress = connectionsPerAddress;
    this.messagesPerSecond = messagesPerSecond;
  }

  /**
   * Counts one more connection.
   *
   * @throws RefusedException when it may not come in
   */
  synchronized Source enter(SocketAddress peer) throws RefusedException {
    long nowNanos = System.nanoTime();
    forget(nowNanos);
    if (!(peer instanceof InetSocketAddress inet)) {
      return new Source("unix", new RateLimit(messagesPerSecond, nowNanos));
    }
    String key = key(inet.getAddress());
    if (banned.contains(key)) {
      throw new RefusedException("you are banned here");
    }
    Source source =
        sources.computeIfAbsent(
            key, text -> new Source(text, new RateLimit(messagesPerSecond, nowNanos)));
    if (connectionsPerAddress > 0 && source.connections >= connectionsPerAddress) {
      throw new RefusedException(
          "too many connections from your address; at most " + connectionsPerAddress);
    }
    source.connections++;
    return source;
  }

  synchronized void leave(Source source) {
    source.connections--;
  }

  /** Keeps an address out from now on; who is in stays. */
  synchronized void ban(String key) {
    banned.add(key);
  }

  /** False when it was not banned. */
  synchronized boolean unban(String key) {
    return banned.remove(key);
  }

  synchronized List<String> banned() {
    return List.copyOf(banned);
  }

  private void forget(long nowNanos) {
    if (sources.size() > REMEMBERED && nowNanos - forgottenNanos > FORGET_EVERY_NANOS) {
      forgottenNanos = nowNanos;
      sources.values().removeIf(each -> each.connections == 0 && each.rate.isFull(nowNanos));
    }
  }

  /** What counts as one address, as text. */
  static String key(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < IPV6_NETWORK_BYTES; i += 2) {
      int group = Byte.toUnsignedInt(bytes[i]) << 8 | Byte.toUnsignedInt(bytes[i + 1]);
      network.append(Integer.toHexString(group)).append(':');
    }
    return network.append(":/64").toString();
  }
}
