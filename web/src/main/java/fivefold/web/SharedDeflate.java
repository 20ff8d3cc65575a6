package fivefold.web;

import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * permessage-deflate (RFC 7692) in which no message leans on the one before: so a message is
 * compressed once for all members, and none of them costs the memory of a window. The server may
 * say so without being asked (sections 7.1.1.1 and 7.1.1.2). Thread-safe.
 */
final class SharedDeflate implements WebSocketServerExtensionHandshaker {
  private static final String NAME = "permessage-deflate";
  private static final int FASTEST = 1;
  private static final int WINDOW_BITS = 15;

  private final PerMessageDeflateServerExtensionHandshaker handshaker;

  /** Received messages become at most so large. */
  SharedDeflate(int limitBytes) {
    this.handshaker =
        new PerMessageDeflateServerExtensionHandshaker(
            FASTEST, false, WINDOW_BITS, true, true, limitBytes);
  }

  /** The extension as any client would get it, for what is compressed once. */
  WebSocketServerExtension extension() {
    WebSocketServerExtension extension =
        handshakeExtension(new WebSocketExtensionData(NAME, Map.of()));
    if (extension == null) {
      throw new IllegalStateException(NAME + " is not offered");
    }
    return extension;
  }

  @Override
  public @Nullable WebSocketServerExtension handshakeExtension(WebSocketExtensionData offer) {
    if (!offer.name().equals(NAME)) {
      return null;
    }
    Map<String, @Nullable String> parameters = new LinkedHashMap<>(offer.parameters());
    parameters.put("server_no_context_takeover", null);
    parameters.put("client_no_context_takeover", null);
    return handshaker.handshakeExtension(new WebSocketExtensionData(NAME, parameters));
  }
}
