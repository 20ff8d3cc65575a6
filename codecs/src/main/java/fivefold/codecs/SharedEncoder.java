package fivefold.codecs;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What encoders make of a message, as bytes that can be sent to many: encoded once, where each
 * pipeline would encode it for itself. For encoders that keep nothing from one message to the next.
 *
 * <pre>{@code
 * SharedEncoder frames = new SharedEncoder(new WebSocket13FrameEncoder(false));
 * room.broadcast(Message.of(frames.encode(new TextWebSocketFrame("hello"))));
 * }</pre>
 *
 * <p>Thread-safe: one at a time.
 */
public final class SharedEncoder {
  private final EmbeddedChannel channel;

  /** The encoders in the order of a pipeline: the last one gets the message first. */
  public SharedEncoder(ChannelOutboundHandler... encoders) {
    this.channel = new EmbeddedChannel(encoders);
  }

  /** The bytes; the message is released. */
  public synchronized byte[] encode(Object message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (channel.writeOutbound(message)) {
      for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
        copy(part, bytes);
      }
    }
    return bytes.toByteArray();
  }

  private static void copy(ByteBuf part, ByteArrayOutputStream bytes) {
    try {
      part.readBytes(bytes, part.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    } finally {
      part.release();
    }
  }
}
