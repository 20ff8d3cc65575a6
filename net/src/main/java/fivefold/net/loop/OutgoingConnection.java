package fivefold.net.loop;

/**
 * A connection that takes an {@link Outgoing}, for layers that make their own; found by {@link
 * fivefold.net.Connection#below}.
 */
public interface OutgoingConnection {

  /** Sends it in its turn; when false it was not taken, and the caller closes it. */
  boolean send(Outgoing outgoing);

  /**
   * What the layer holds back for the peer is more than may wait: as if our own outbox was full.
   */
  void layerIsFull();
}
