package fivefold.web;

import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatEvent;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a connection of a browser goes through: Netty's codecs, and our two handlers. */
final class HttpPipeline implements Consumer<ChannelPipeline> {
  private static final int LIMIT_FIRST_LINE_BYTES = 4 << 10;
  private static final int LIMIT_HEADER_BYTES = 16 << 10;
  private static final int LIMIT_BODY_BYTES = 1 << 10;

  /** JSON writes a character as up to six; beside the text stands what it is for. */
  private static final int FRAME_BYTES_PER_LINE_BYTE = 6;

  private static final int LIMIT_BESIDE_LINE_BYTES = 4 << 10;

  private static final String PAGE_REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String SOCKET_REQUEST =
      String.join(
          "\r\n",
          "GET /socket HTTP/1.1",
          "Host: localhost",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "Sec-WebSocket-Extensions: permessage-deflate",
          "",
          "");
  private static final byte[] EMPTY_MASKED_TEXT = {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0};

  private final Chat chat;
  private final WebOptions options;
  private final Site site = Site.load();
  private final SharedDeflate deflate;
  private final WebForms forms;
  private final int limitFrameBytes;

  HttpPipeline(Chat chat, WebOptions options) {
    this.chat = chat;
    this.options = options;
    this.limitFrameBytes =
        FRAME_BYTES_PER_LINE_BYTE * chat.options().limitLineBytes() + LIMIT_BESIDE_LINE_BYTES;
    this.deflate = new SharedDeflate(limitFrameBytes);
    this.forms = new WebForms(deflate);
  }

  @Override
  public void accept(ChannelPipeline pipeline) {
    addCodecs(pipeline);
    pipeline.addLast(new ChatSocket(chat, forms, options.pingAfter()));
  }

  private void addCodecs(ChannelPipeline pipeline) {
    pipeline
        .addLast(
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(LIMIT_FIRST_LINE_BYTES)
                    .setMaxHeaderSize(LIMIT_HEADER_BYTES)))
        .addLast(new HttpServerKeepAliveHandler())
        .addLast(new HttpObjectAggregator(LIMIT_BODY_BYTES))
        .addLast(new WebRequests(site, new Origins(options.origins()), options.requestPatience()))
        .addLast(new WebSocketServerExtensionHandler(deflate))
        .addLast(new WebSocketServerProtocolHandler(protocol()))
        .addLast(new WebSocketFrameAggregator(limitFrameBytes));
  }

  /**
   * Goes once through what a browser does. Netty's classes take a good part of a second when they
   * are loaded and linked on first use, and on a loop everybody would wait for that.
   */
  void warmUp() {
    EmbeddedChannel browser = new EmbeddedChannel();
    addCodecs(browser.pipeline());
    browser.writeInbound(Unpooled.copiedBuffer(PAGE_REQUEST, StandardCharsets.US_ASCII));
    browser.writeInbound(Unpooled.copiedBuffer(SOCKET_REQUEST, StandardCharsets.US_ASCII));
    browser.writeInbound(Unpooled.wrappedBuffer(EMPTY_MASKED_TEXT));
    browser.writeOutbound(new TextWebSocketFrame("x".repeat(WebForms.COMPRESSED_FROM_BYTES)));
    browser.finishAndReleaseAll();
    forms.deflated.bytes(new ChatEvent.Told("x".repeat(WebForms.COMPRESSED_FROM_BYTES)));
  }

  private WebSocketServerProtocolConfig protocol() {
    return WebSocketServerProtocolConfig.newBuilder()
        .websocketPath(WebRequests.SOCKET)
        .checkStartsWith(true)
        .decoderConfig(
            WebSocketDecoderConfig.newBuilder()
                .allowExtensions(true)
                .maxFramePayloadLength(limitFrameBytes)
                .build())
        .build();
  }
}
