package fivefold.web;

import fivefold.codecs.ClosingEvent;
import fivefold.codecs.PipelineHandler;
import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.ProtocolException;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatSession;
import fivefold.services.chat.RefusedException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One page's WebSocket: its messages become requests, and these a member's. */
final class ChatSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
  private final Chat chat;
  private final WebForms forms;
  private final Duration pingAfter;

  // From the handshake on; null when it was not let in.
  private @Nullable ChatSession session;

  ChatSocket(Chat chat, WebForms forms, Duration pingAfter) {
    this.chat = chat;
    this.forms = forms;
    this.pingAfter = pingAfter;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    switch (event) {
      case HandshakeComplete _ -> begin(context);
      case IdleStateEvent idle when idle.isFirst() -> {
        var _ = context.writeAndFlush(new PingWebSocketFrame());
      }
      case IdleStateEvent _ -> close(context, WebSocketCloseStatus.POLICY_VIOLATION, "no pong");
      case ClosingEvent _ -> close(context, WebSocketCloseStatus.SERVICE_RESTART, "stopping");
      default -> context.fireUserEventTriggered(event);
    }
  }

  private void begin(ChannelHandlerContext context) {
    context
        .pipeline()
        .addFirst(new IdleStateHandler(pingAfter.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
    Connection connection = context.channel().attr(PipelineHandler.CONNECTION).get();
    try {
      boolean deflate = context.pipeline().get(WebSocketExtensionEncoder.class) != null;
      ChatSession begun = chat.session(connection, deflate ? forms.deflated : forms.plain);
      session = begun;
      String hello = EventJson.hello(begun.needsPassword(), chat.options().limitLineBytes());
      var _ = context.writeAndFlush(new TextWebSocketFrame(hello));
    } catch (RefusedException e) {
      close(context, WebSocketCloseStatus.TRY_AGAIN_LATER, String.valueOf(e.getMessage()));
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame)
      throws ProtocolException {
    ChatSession begun = session;
    if (begun == null || !context.channel().isActive()) {
      return;
    }
    if (!(frame instanceof TextWebSocketFrame text)) {
      close(context, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "expected text");
    } else if (begun.mayPass()) {
      serve(begun, RequestReader.read(text.text()));
    }
  }

  private static void serve(ChatSession begun, ClientRequest request) {
    switch (request) {
      case ClientRequest.Enter enter -> {
        if (!begun.needsPassword() || begun.passes(enter.password())) {
          begun.enter(enter.arrival());
        }
      }
      case ClientRequest _ when begun.needsPassword() -> begun.refuse("this chat has a password");
      case ClientRequest.Say(String room, String text) -> {
        if (!text.isBlank()) {
          begun.accept(room, text);
        }
      }
      case ClientRequest.Join(String room, long id) -> begun.join(room, id);
      case ClientRequest.Missed(String room, long id) -> begun.missed(room, id);
      case ClientRequest.Earlier(String room, long id) -> begun.earlier(room, id);
      case ClientRequest.Rooms() -> begun.rooms();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    switch (cause) {
      case CorruptedWebSocketFrameException _ -> {
        var _ = context.close(); // Netty has said why
      }
      case TooLongFrameException _, DecompressionException _ ->
          close(context, WebSocketCloseStatus.MESSAGE_TOO_BIG, "too long a message");
      case CodecException _ ->
          close(context, WebSocketCloseStatus.PROTOCOL_ERROR, "not understood");
      case ProtocolException _ ->
          close(context, WebSocketCloseStatus.POLICY_VIOLATION, String.valueOf(cause.getMessage()));
      default -> context.fireExceptionCaught(cause);
    }
  }

  private static void close(
      ChannelHandlerContext context, WebSocketCloseStatus status, String why) {
    if (context.pipeline().get(WebRequests.class) != null) {
      var _ = context.close(); // no WebSocket yet
      return;
    }
    var _ =
        context
            .writeAndFlush(new CloseWebSocketFrame(status, CloseText.of(why)))
            .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ChatSession begun = session;
    session = null;
    if (begun != null) {
      CloseReason reason = context.channel().attr(PipelineHandler.CLOSE_REASON).get();
      begun.closed(reason == null ? CloseReason.LOCAL_CLOSE : reason);
    }
  }
}
