package fivefold.testkit.sim;

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
  private boolean changed = true;

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
    changed = true;
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

  /** An edge: something has come, or there is room again. */
  void change() {
    changed = true;
  }

  boolean takeChange() {
    boolean was = changed;
    changed = false;
    return was;
  }
}
