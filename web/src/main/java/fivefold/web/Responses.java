package fivefold.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Makes answers, each with what keeps a browser from doing more than it should. */
final class Responses {
  /** Nothing from elsewhere, nothing inline, in nobody's frame, and no markup out of text. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private Responses() {}

  /** A part of the page, or that the one the browser has is still good. */
  static FullHttpResponse of(HttpRequest request, Asset asset) {
    boolean compressed =
        request.headers().contains(HttpHeaderNames.ACCEPT_ENCODING, "gzip", true)
            || request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "").contains("gzip");
    String tag = asset.tag(compressed);
    boolean known = request.headers().get(HttpHeaderNames.IF_NONE_MATCH, "").contains(tag);
    FullHttpResponse response =
        known
            ? response(HttpResponseStatus.NOT_MODIFIED, Unpooled.EMPTY_BUFFER)
            : content(request, asset, compressed);
    response
        .headers()
        .set(HttpHeaderNames.ETAG, tag)
        .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
    return response;
  }

  private static FullHttpResponse content(HttpRequest request, Asset asset, boolean compressed) {
    byte[] bytes = asset.bytes(compressed);
    boolean head = request.method().equals(HttpMethod.HEAD);
    FullHttpResponse response =
        response(
            HttpResponseStatus.OK, head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(bytes));
    HttpHeaders headers =
        response
            .headers()
            .set(HttpHeaderNames.CONTENT_TYPE, asset.contentType())
            .setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    if (compressed) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, "gzip");
    }
    return response;
  }

  /** What was wrong, in one line of text. */
  static FullHttpResponse refusal(HttpResponseStatus status, String why) {
    ByteBuf text = ByteBufUtil.writeUtf8(UnpooledByteBufAllocator.DEFAULT, why + "\n");
    FullHttpResponse response = response(status, text);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .setInt(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes());
    return response;
  }

  private static FullHttpResponse response(HttpResponseStatus status, ByteBuf content) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
    response
        .headers()
        .set("content-security-policy", POLICY)
        .set("cross-origin-opener-policy", "same-origin")
        .set("cross-origin-resource-policy", "same-origin")
        .set("permissions-policy", "camera=(), geolocation=(), microphone=()")
        .set("referrer-policy", "no-referrer")
        .set("x-content-type-options", "nosniff");
    return response;
  }
}
