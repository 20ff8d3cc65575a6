package fivefold.web;

import fivefold.net.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the page is to the server: a WebSocket that speaks JSON. */
final class Page implements AutoCloseable, WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 20;

  private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  final AtomicInteger pings = new AtomicInteger();
  private WebSocket socket;

  private Page() {}

  static Page open(HttpClient client, Server server) throws Exception {
    return open(client, "ws://127.0.0.1:" + server.port() + "/socket");
  }

  static Page open(HttpClient client, String uri) throws Exception {
    Page page = new Page();
    page.socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(uri), page)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    page.await("\"is\":\"hello\"");
    return page;
  }

  /** One that is in, in the lobby. */
  static Page in(HttpClient client, Server server, String name) throws Exception {
    Page page = open(client, server);
    page.send("{'do':'enter','name':'" + name + "'}");
    page.await("\"is\":\"joined\"");
    return page;
  }

  /** JSON with single quotes. */
  Page send(String json) throws Exception {
    return sendText(json.replace('\'', '"'));
  }

  Page sendText(String text) throws Exception {
    socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  Page sendBytes(ByteBuffer bytes) throws Exception {
    socket.sendBinary(bytes, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  Page say(String room, String text) throws Exception {
    return send("{'do':'say','room':'" + room + "','text':'" + text + "'}");
  }

  /** The next event. */
  String next() throws Exception {
    String event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("nothing came");
    }
    return event;
  }

  /** The first event with all of these in it; those before are passed over. */
  String await(String... pieces) throws Exception {
    while (true) {
      String event = next();
      boolean all = true;
      for (String piece : pieces) {
        all &= event.contains(piece.replace('\'', '"'));
      }
      if (all) {
        return event;
      }
    }
  }

  int closeCode() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      events.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
    pings.incrementAndGet();
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(-1);
  }

  /** Without a word, as a lost connection. */
  @Override
  public void close() {
    socket.abort();
  }
}
