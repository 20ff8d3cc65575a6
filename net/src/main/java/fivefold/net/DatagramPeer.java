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
   * When the kernel received the datagram, by its own clock: nanoseconds since 1970, or 0 when it
   * was not asked ({@link DatagramServerBuilder#timestamps}) or the model cannot tell.
   */
  default long receivedEpochNanos() {
    return 0;
  }

  /**
   * Sends one datagram back, never blocking. On a loop it may leave only when the datagrams that
   * came with this one have been handled, too.
   *
   * @return false when it is refused: by the kernel, as longer than UDP can carry, or as more than
   *     {@link DatagramServerBuilder#replyBeyondBytes} allows. UDP promises nothing, and true does
   *     not say that it arrives; what is known not to have left is counted in {@link
   *     ServerStats#dropped()}
   */
  boolean reply(ByteBuffer datagram);

  /** The same for text, as UTF-8. */
  default boolean reply(String text) {
    return reply(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
