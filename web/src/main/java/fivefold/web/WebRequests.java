package fivefold.web;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests: with the page, or with what was wrong. Only the one that opens a WebSocket, and
 * may, goes on to the next handler, and is the last.
 */
final class WebRequests extends SimpleChannelInboundHandler<FullHttpRequest> {
  /** Where the page's WebSocket is. */
  static final String SOCKET = "/socket";

  private static final String METHODS = "GET, HEAD";

  private final Site site;
  private final Origins origins;
  private final Duration patience;
  private java.util.concurrent.@Nullable Future<?> deadline;

  WebRequests(Site site, Origins origins, Duration patience) {
    super(false);
    this.site = site;
    this.origins = origins;
    this.patience = patience;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    awaitRequest(context);
    context.fireChannelActive();
  }

  /** However slowly the bytes of a request come, they come in time. */
  private void awaitRequest(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(() -> giveUp(context), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void giveUp(ChannelHandlerContext context) {
    answerAndClose(
        context, Responses.refusal(HttpResponseStatus.REQUEST_TIMEOUT, "no request in time"));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    Optional<FullHttpResponse> answer = answer(context, request);
    if (answer.isEmpty()) {
      context.fireChannelRead(request);
      if (context.pipeline().context(this) != null) {
        context.pipeline().remove(this);
      }
      return;
    }
    boolean broken = request.decoderResult().isFailure();
    request.release();
    if (broken) {
      answerAndClose(context, answer.get());
    } else {
      var _ = context.channel().writeAndFlush(answer.get());
      awaitRequest(context);
    }
  }

  private static void answerAndClose(ChannelHandlerContext context, FullHttpResponse answer) {
    answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    var _ = context.channel().writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }

  /** Empty for a WebSocket that may be opened. */
  private Optional<FullHttpResponse> answer(
      ChannelHandlerContext context, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Optional.of(malformed(request.decoderResult().cause()));
    }
    String host = request.headers().get(HttpHeaderNames.HOST);
    if (host == null && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return refusal(HttpResponseStatus.BAD_REQUEST, "expected the header Host");
    }
    if (host != null && !origins.isOwn(host, context.channel().localAddress())) {
      return refusal(
          HttpResponseStatus.MISDIRECTED_REQUEST,
          "this server is not called '"
              + host
              + "'; expected localhost, or start it with"
              + " --web-origin");
    }
    String path = request.uri().split("\\?", 2)[0];
    Optional<Asset> asset = site.find(path);
    boolean socket = path.equals(SOCKET);
    if (asset.isEmpty() && !socket) {
      return refusal(HttpResponseStatus.NOT_FOUND, "there is nothing here; expected /");
    }
    if (!isRead(request, socket)) {
      FullHttpResponse answer =
          Responses.refusal(
              HttpResponseStatus.METHOD_NOT_ALLOWED, "expected " + (socket ? "GET" : METHODS));
      answer.headers().set(HttpHeaderNames.ALLOW, socket ? "GET" : METHODS);
      return Optional.of(answer);
    }
    return socket
        ? socketAnswer(request.headers(), host)
        : asset.map(part -> Responses.of(request, part));
  }

  private static boolean isRead(FullHttpRequest request, boolean socket) {
    return request.method().equals(HttpMethod.GET)
        || (request.method().equals(HttpMethod.HEAD) && !socket);
  }

  private Optional<FullHttpResponse> socketAnswer(HttpHeaders headers, @Nullable String host) {
    if (!headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      FullHttpResponse answer =
          Responses.refusal(HttpResponseStatus.UPGRADE_REQUIRED, "expected a WebSocket");
      answer
          .headers()
          .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
          .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      return Optional.of(answer);
    }
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    if (!origins.admits(origin, String.valueOf(host))) {
      return refusal(
          HttpResponseStatus.FORBIDDEN,
          "a page of "
              + origin
              + " may not use this chat; expected one of this server, or start"
              + " it with --web-origin");
    }
    return Optional.empty();
  }

  private static Optional<FullHttpResponse> refusal(HttpResponseStatus status, String why) {
    return Optional.of(Responses.refusal(status, why));
  }

  private static FullHttpResponse malformed(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          Responses.refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "too long a path");
      case TooLongHttpHeaderException _ ->
          Responses.refusal(
              HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "too many or too long headers");
      default ->
          Responses.refusal(HttpResponseStatus.BAD_REQUEST, "expected a request of HTTP/1.1");
    };
  }
}
