package fivefold.net;

import java.nio.ByteBuffer;

/**
 * What a datagram protocol does with one datagram.
 *
 * <pre>{@code
 * Server.udp(3333, (peer, datagram) -> peer.reply("pong")).start();
 * }</pre>
 *
 * <p>With more than one loop or worker it is called from several threads at once, so it must be
 * thread-safe. The buffer and the peer are valid during the call only. An exception is reported and
 * costs that one datagram.
 */
@FunctionalInterface
public interface DatagramHandler {
  /**
   * One datagram has arrived.
   *
   * @param datagram its bytes, position to limit; may be empty
   */
  void onDatagram(DatagramPeer peer, ByteBuffer datagram) throws Exception;
}
