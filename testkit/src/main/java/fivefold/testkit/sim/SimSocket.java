package fivefold.testkit.sim;

import fivefold.net.loop.Interest;
import java.net.InetSocketAddress;

/** The server's end of a simulated connection. */
final class SimSocket {
  final InetSocketAddress peer;
  final SimPipe toServer;
  final SimPipe toPeer;
  private final SimPeer client;
  private boolean reset;
  private boolean closed;
  private long lastArrivalNanos;
  private int edges;
  private boolean full;

  SimSocket(InetSocketAddress peer, SimPeer client, int bufferBytes) {
    this.peer = peer;
    this.client = client;
    this.toServer = new SimPipe(bufferBytes);
    this.toPeer = new SimPipe(bufferBytes);
  }

  SimPeer client() {
    return client;
  }

  boolean isReset() {
    return reset;
  }

  /** By the peer, or on the way. */
  void breakDown() {
    reset = true;
    edges = Interest.READ | Interest.WRITE;
    toServer.clear();
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  /** What comes later must not arrive earlier. */
  long arrivalNanos(long wantedNanos) {
    lastArrivalNanos = Math.max(lastArrivalNanos, wantedNanos);
    return lastArrivalNanos;
  }

  /** Something has come: an edge. */
  void arrived() {
    edges |= Interest.READ;
  }

  /** The server found no room: the next room is an edge, and only that one (SOCK_NOSPACE). */
  void foundFull() {
    full = true;
  }

  void roomAgain() {
    if (full) {
      full = false;
      edges |= Interest.WRITE;
    }
  }

  /** Everything counts as new. */
  void lookAnew() {
    edges = Interest.READ | Interest.WRITE;
  }

  /** What has changed since the last call: bits of {@link Interest}. */
  int takeEdges() {
    int taken = edges;
    edges = 0;
    return taken;
  }
}
