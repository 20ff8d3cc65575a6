package fivefold.cluster;

import fivefold.services.chat.Presence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The other servers: when each was heard last, and how much of what it says of its members is
 * known. Thread-safe.
 */
final class Peers {
  private static final long ASK_AGAIN_NANOS = 500_000_000L;

  private static final class Peer {
    long heardNanos;
    long changes;
    boolean isWhole;
    long askedNanos = Long.MIN_VALUE;
    Map<Long, Presence> members = new LinkedHashMap<>();

    /** Parts of the answer that have come so far. */
    List<Presence> arriving = new ArrayList<>();
  }

  /** A server that was not heard of for too long, and who was there. */
  record Dead(String node, List<Presence> members) {}

  private final Map<String, Peer> peers = new HashMap<>();
  private final long leaseNanos;
  private long listeningNanos = System.nanoTime();

  Peers(long leaseNanos) {
    this.leaseNanos = leaseNanos;
  }

  /** Heard of; whether for the first time. */
  synchronized boolean heard(String node) {
    boolean isNew = !peers.containsKey(node);
    Peer peer = peers.computeIfAbsent(node, _ -> new Peer());
    peer.heardNanos = System.nanoTime();
    return isNew;
  }

  /**
   * It says how many changes it has made; whether to ask for all it has, since some were missed.
   */
  synchronized boolean isBehind(String node, long changes) {
    Peer peer = peers.get(node);
    if (peer == null) {
      return false;
    }
    if (changes == 0) {
      peer.isWhole = true; // there was nothing to be missed
    }
    if (peer.isWhole && peer.changes == changes) {
      return false;
    }
    return mayAsk(peer);
  }

  private static boolean mayAsk(Peer peer) {
    peer.isWhole = false;
    long nowNanos = System.nanoTime();
    if (peer.askedNanos != Long.MIN_VALUE && nowNanos - peer.askedNanos < ASK_AGAIN_NANOS) {
      return false;
    }
    peer.askedNanos = nowNanos;
    return true;
  }

  /** Whether a change is the next one; if not, it is of no use. */
  synchronized boolean isNext(String node, long changes) {
    Peer peer = peers.get(node);
    boolean nothingMissed = peer != null && (peer.isWhole || changes == 1);
    if (peer == null || !nothingMissed || changes != peer.changes + 1) {
      return false;
    }
    peer.isWhole = true;
    peer.changes = changes;
    return true;
  }

  synchronized void here(Presence member) {
    Peer peer = peers.get(member.node());
    if (peer != null) {
      peer.members.put(member.member(), member);
    }
  }

  synchronized void gone(String node, long member) {
    Peer peer = peers.get(node);
    if (peer != null) {
      peer.members.remove(member);
    }
  }

  /** A part of all; true when it was the last one, and {@link #members} has them. */
  synchronized boolean arrived(PresenceNews.All part) {
    Peer peer = peers.get(part.node());
    if (peer == null) {
      return false;
    }
    if (part.isFirst()) {
      peer.arriving = new ArrayList<>();
    }
    peer.arriving.addAll(part.members());
    if (!part.isLast()) {
      return false;
    }
    peer.members = new LinkedHashMap<>();
    peer.arriving.forEach(each -> peer.members.put(each.member(), each));
    peer.arriving = new ArrayList<>();
    peer.changes = part.changes();
    peer.isWhole = true;
    return true;
  }

  synchronized List<Presence> members(String node) {
    Peer peer = peers.get(node);
    return peer == null ? List.of() : List.copyOf(peer.members.values());
  }

  /** Forgets it; who was there. */
  synchronized List<Presence> remove(String node) {
    Peer peer = peers.remove(node);
    return peer == null ? List.of() : List.copyOf(peer.members.values());
  }

  /** Forgets those whose lease has run out. */
  synchronized List<Dead> expire() {
    long nowNanos = System.nanoTime();
    List<Dead> dead = new ArrayList<>();
    for (Map.Entry<String, Peer> each : Map.copyOf(peers).entrySet()) {
      if (nowNanos - each.getValue().heardNanos > leaseNanos) {
        dead.add(new Dead(each.getKey(), remove(each.getKey())));
      }
    }
    return dead;
  }

  /** The connection is there again: who is silent from now on is gone, not who was not heard. */
  synchronized void listenAnew() {
    listeningNanos = System.nanoTime();
  }

  synchronized boolean isAlive(String node) {
    return peers.containsKey(node);
  }

  /** Whether we have listened for so long that every server that lives has been heard. */
  synchronized boolean knowsAll() {
    return System.nanoTime() - listeningNanos > leaseNanos;
  }

  /** Whether what one server is to do for all is this one's to do. */
  synchronized boolean isFirst(String node) {
    return peers.keySet().stream().min(Comparator.naturalOrder()).orElse(node).compareTo(node) >= 0;
  }
}
