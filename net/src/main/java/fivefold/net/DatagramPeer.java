package fivefold.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The sender of the datagram that is being handled. Valid during the call only. */
public interface DatagramPeer {

  /** Where the datagram came from. */
  SocketAddress address();

  /** The address the datagram was received on. */
  SocketAddress localAddress();

  /**
   * Sends one datagram back, never blocking.
   *
   * @return false when the kernel had no room for it or refused it: UDP promises nothing, and what
   *     could not be sent is counted in {@link ServerStats#dropped()}
   */
  boolean reply(ByteBuffer datagram);

  /** The same for text, as UTF-8. */
  default boolean reply(String text) {
    return reply(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
