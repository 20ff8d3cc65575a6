package fivefold.web;

import fivefold.codecs.SharedEncoder;
import fivefold.services.chat.ChatEvent;
import fivefold.services.chat.ChatForm;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What browsers get: WebSocket frames of JSON, plain or compressed. */
final class WebForms {
  /** RFC 6455, section 7.4.2: from 4000 on a code is an application's own. */
  static final int DISMISSED = 4_000;

  /** What is shorter hardly gets smaller. */
  static final int COMPRESSED_FROM_BYTES = 1 << 10;

  private final SharedEncoder plainFrames = new SharedEncoder(new WebSocket13FrameEncoder(false));
  private final SharedEncoder smallFrames;

  /** For those who take no compressed messages. */
  final ChatForm plain = event -> bytes(event, false);

  /** For those who do. */
  final ChatForm deflated = event -> bytes(event, true);

  WebForms(SharedDeflate deflate) {
    this.smallFrames =
        new SharedEncoder(
            new WebSocket13FrameEncoder(false), deflate.extension().newExtensionEncoder());
  }

  private byte[] bytes(ChatEvent event, boolean compressed) {
    byte[] json = EventJson.of(event).getBytes(StandardCharsets.UTF_8);
    SharedEncoder frames =
        compressed && json.length >= COMPRESSED_FROM_BYTES ? smallFrames : plainFrames;
    byte[] frame = frames.encode(new TextWebSocketFrame(Unpooled.wrappedBuffer(json)));
    return event instanceof ChatEvent.Dismissed(ChatEvent.Dismissal why)
        ? joined(frame, plainFrames.encode(new CloseWebSocketFrame(DISMISSED, why.name())))
        : frame;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream(one.length + other.length);
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }
}
