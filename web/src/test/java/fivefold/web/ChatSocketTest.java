package fivefold.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.tls.TlsIdentity;
import fivefold.net.tls.TlsServer;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import fivefold.services.chat.HistoryOptions;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.Inflater;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** The page's WebSocket, with the JDK's client in the page's place. */
@Timeout(60)
class ChatSocketTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ChatOptions FREE = ChatOptions.DEFAULT.withMessagesPerSecond(0);
  private static final Pattern ID = Pattern.compile("\"id\":\"(\\d+)\"");
  private static final Pattern TEXT = Pattern.compile("\"text\":\"([^\"]*)\"");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void pagesAndLinesAreInOneRoom(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model, WebOptions.DEFAULT);
        Page ann = Page.in(CLIENT, server, "Ann");
        RawClient nc = new RawClient(server)) {
      await().atMost(PATIENCE).until(() -> chat.members().size() == 2);
      nc.send("hello from nc\n");
      ann.await("'is':'came'", "'names':['127.0.0.1:");
      ann.await("'is':'said'", "'from':'127.0.0.1:", "'text':'hello from nc'");
      nc.line();
      nc.line();
      ann.say("lobby", "你好");
      assertThat(nc.line()).endsWith(" Ann");
      assertThat(nc.line().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
          .isEqualTo("你好".getBytes(UTF_8));
      ann.await("'is':'said'", "'from':'Ann'", "'text':'你好'");
      try (Page bob = Page.open(CLIENT, server)) {
        bob.send("{'do':'enter','name':'ann'}").await("'is':'unwelcome'", "ann", " is taken");
        bob.send("{'do':'enter','name':'Bob'}");
        assertThat(bob.await("'is':'shown'", "'stretch':'last'")).contains("hello from nc", "你好");
        bob.await("'is':'joined'", "'count':3");
        ann.await("'is':'came'", "'names':['Bob']");
        bob.send("{'do':'join','room':'Java'}").await("'is':'joined'", "'room':'java'");
        bob.say("java", "/msg Ann psst").await("'is':'whisper'", "'to':'Ann'");
        ann.await("'is':'whisper'", "'from':'Bob'", "'text':'psst'");
        ann.send("{'do':'rooms'}").await("'is':'rooms'", "'room':'java'", "'room':'lobby'");
        ann.say("java", "not there").await("'is':'refused'", "not sent: you are not in #java");
      }
      ann.await("'is':'left'", "'names':['Bob']");
    }
  }

  /** Whatever was said meanwhile comes, once and in order, and the lost connection gives way. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void whoComesBackMissesNothing(IoModel model) throws Exception {
    int missed = 230;
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model, WebOptions.DEFAULT);
        Page talker = Page.in(CLIENT, server, "Talker");
        Page first = Page.open(CLIENT, server)) {
      first.send("{'do':'enter','name':'Ann','key':'secret'}").await("'is':'joined'");
      talker.say("lobby", "before");
      String seen = id(first.await("'is':'said'", "'text':'before'"));
      try (Page again = Page.open(CLIENT, server)) {
        for (int i = 0; i < missed; i++) {
          talker.say("lobby", "m" + i);
        }
        talker.await("'text':'m" + (missed - 1) + "'");
        again.send("{'do':'enter','name':'Ann','key':'secret','rooms':{'lobby':'" + seen + "'}}");
        again.await("'is':'welcome'", "'name':'Ann'");
        List<String> texts = new ArrayList<>();
        String shown;
        do {
          shown = again.await("'is':'shown'", "'stretch':'missed'");
          texts.addAll(all(TEXT, shown));
          List<String> ids = all(ID, shown);
          again.send("{'do':'missed','room':'lobby','id':'" + ids.getLast() + "'}");
        } while (shown.contains("\"more\":true"));
        assertThat(texts).isEqualTo(IntStream.range(0, missed).mapToObj(i -> "m" + i).toList());
        first.await("'is':'dismissed'", "'code':'ELSEWHERE'");
        assertThat(first.closeCode()).isEqualTo(WebForms.DISMISSED);
        assertThat(chat.members()).hasSize(2);
        again.send("{'do':'earlier','room':'lobby','id':'" + seen + "'}");
        assertThat(again.await("'stretch':'earlier'")).contains("\"messages\":[]");
      }
    }
  }

  @Test
  void theHistoryOutlivesTheServer() throws Exception {
    ChatOptions kept = FREE.withHistory(HistoryOptions.inFile(folder.resolve("chat.mv")));
    String seen;
    try (Chat chat = Chat.open(kept);
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT);
        Page ann = Page.in(CLIENT, server, "Ann")) {
      seen = id(ann.say("lobby", "one").await("'is':'said'"));
      ann.say("lobby", "two").await("'is':'said'");
      server.stop(Duration.ofSeconds(5));
      assertThat(ann.closeCode()).as("service restart").isEqualTo(1012);
    }
    try (Chat chat = Chat.open(kept);
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT);
        Page ann = Page.open(CLIENT, server)) {
      ann.send("{'do':'enter','name':'Ann','rooms':{'lobby':'" + seen + "'}}");
      assertThat(all(TEXT, ann.await("'is':'shown'"))).containsExactly("two");
    }
  }

  @Test
  void theOriginOfAnotherPageIsRefused() throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT)) {
      assertThatThrownBy(() ->
              CLIENT
                  .newWebSocketBuilder()
                  .header("Origin", "http://evil.example")
                  .buildAsync(
                      java.net.URI.create("ws://127.0.0.1:" + server.port() + "/socket"),
                      new java.net.http.WebSocket.Listener() {})
                  .get())
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }
  }

  @Test
  void tooLongAFrameOrMessageEndsTheConnection() throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT)) {
      try (Page page = Page.in(CLIENT, server, "Long")) {
        page.say("lobby", "x".repeat(5_000)).await("'is':'refused'", "at most 4096 bytes");
        page.sendText("x".repeat(100_000));
        assertThat(page.closeCode()).isEqualTo(1009);
      }
      try (Page page = Page.in(CLIENT, server, "Odd")) {
        page.sendText("{nonsense");
        assertThat(page.closeCode()).isEqualTo(1008);
      }
      try (Page page = Page.in(CLIENT, server, "Odd")) {
        page.sendBytes(ByteBuffer.allocate(10));
        assertThat(page.closeCode()).isEqualTo(1003);
      }
      await().atMost(PATIENCE).until(() -> chat.members().isEmpty());
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void whoAnswersPingsStaysAndWhoDoesNotGoes(IoModel model) throws Exception {
    try {
      pingsAndHearsTheAnswers(model, Duration.ofMillis(300));
    } catch (AssertionError | Exception e) {
      // On a busy machine a page that is there may answer too late: once more, with more time.
      pingsAndHearsTheAnswers(model, Duration.ofSeconds(3));
    }
  }

  private static void pingsAndHearsTheAnswers(IoModel model, Duration pingAfter) throws Exception {
    WebOptions soon = WebOptions.DEFAULT.withPingAfter(pingAfter);
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model, soon);
        Page page = Page.in(CLIENT, server, "Ann");
        RawClient mute = new RawClient(server)) {
      mute.send(upgrade(server, ""));
      assertThat(mute.head()).startsWith("HTTP/1.1 101 ");
      assertThat(mute.frame().opcode()).as("hello").isEqualTo(1);
      assertThat(mute.frame().opcode()).as("a ping").isEqualTo(9);
      assertThat(mute.frame().opcode()).as("a close").isEqualTo(8);
      await().atMost(PATIENCE).until(() -> page.pings.get() >= 2);
      page.say("lobby", "still here").await("'text':'still here'");
    }
  }

  /** What is long is compressed, with nothing that a client would have to remember. */
  @Test
  void compressesForThoseWhoAgree() throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT);
        Page talker = Page.in(CLIENT, server, "Talker");
        RawClient client = new RawClient(server)) {
      for (int i = 0; i < 60; i++) {
        talker.say("lobby", "much the same every time " + i);
      }
      talker.await("every time 59");
      client.send(
          upgrade(
              server, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"));
      assertThat(client.head())
          .contains("permessage-deflate", "server_no_context_takeover")
          .contains("client_no_context_takeover");
      client.frame();
      client.sendFrame("{\"do\":\"enter\",\"name\":\"Ann\"}");
      RawClient.Frame frame = client.frame();
      while (!frame.isCompressed()) {
        frame = client.frame();
      }
      String shown = inflated(frame.payload());
      assertThat(shown).startsWith("{\"is\":\"shown\"").contains("every time 59");
      assertThat(frame.payload().length).isLessThan(shown.length() / 3);
    }
  }

  @Test
  void nobodyIsInBeforeThePassword() throws Exception {
    try (Chat chat = Chat.open(FREE.withPassword("open sesame"));
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT);
        Page guest = Page.open(CLIENT, server);
        Page thief = Page.open(CLIENT, server)) {
      thief.say("lobby", "let me in").await("'is':'refused'", "has a password");
      thief.send("{'do':'join','room':'lobby'}").await("'is':'refused'");
      for (int i = 0; i < 3; i++) {
        thief.send("{'do':'enter','name':'Thief','password':'guess'}");
      }
      thief.await("'is':'unwelcome'", "wrong password");
      thief.await("'is':'dismissed'", "'code':'WRONG_PASSWORD'");
      assertThat(thief.closeCode()).isEqualTo(WebForms.DISMISSED);
      guest.send("{'do':'enter','name':'Guest','password':'open sesame'}").await("'is':'joined'");
      assertThat(chat.members()).hasSize(1);
    }
  }

  @Test
  void theOperatorSendsAPageAway() throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT);
        Page ann = Page.in(CLIENT, server, "Ann")) {
      assertThat(chat.kick("Ann")).isTrue();
      ann.await("'is':'dismissed'", "'code':'KICKED'");
      assertThat(ann.closeCode()).isEqualTo(WebForms.DISMISSED);
    }
  }

  @Test
  void anAddressHasItsLimits() throws Exception {
    try (Chat chat =
            Chat.open(ChatOptions.DEFAULT.withMessagesPerSecond(1).withConnectionsPerAddress(2));
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT);
        Page ann = Page.in(CLIENT, server, "Ann");
        Page bob = Page.open(CLIENT, server);
        RawClient third = new RawClient(server)) {
      third.send(upgrade(server, ""));
      third.head();
      assertThat(third.frame().opcode()).as("a close").isEqualTo(8);
      for (int i = 0; i < 10; i++) {
        ann.say("lobby", "fast " + i);
      }
      ann.await("'is':'refused'", "at most 1 messages a second");
      assertThat(bob.closed).isNotDone();
    }
  }

  /** Half a character, as JSON can spell it, cannot be written, and does not hurt anybody. */
  @Test
  void halfACharacterAndMarkupAreText() throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, IoModel.NIO, WebOptions.DEFAULT);
        Page ann = Page.in(CLIENT, server, "Ann")) {
      ann.sendText("{\"do\":\"say\",\"room\":\"lobby\",\"text\":\"a\\ud83db\\u0007\"}");
      ann.await("'text':'a\uFFFDb\u2407'");
      ann.sendText("{\"do\":\"say\",\"room\":\"lobby\",\"text\":\"<img src=x onerror=alert(1)>\"}");
      ann.await("\"text\":\"<img src=x onerror=alert(1)>\"");
    }
  }

  @Test
  void speaksTls() throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
    TlsServer tls = TlsServer.builder().identity(TlsIdentity.selfSigned()).build();
    try (Chat chat = Chat.open(FREE);
        Server server =
            Server.tcp(0, WebChat.of(chat, WebOptions.DEFAULT).withLines())
                .model(IoModel.NIO)
                .layer(tls)
                .start();
        HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
        Page ann = Page.open(client, "wss://localhost:" + server.port() + "/socket")) {
      ann.send("{'do':'enter','name':'Ann'}").await("'is':'joined'");
      ann.say("lobby", "in private").await("'text':'in private'");
    }
  }

  private static Server start(Chat chat, IoModel model, WebOptions options) throws Exception {
    return Server.tcp(0, WebChat.of(chat, options).withLines()).model(model).start();
  }

  private static String upgrade(Server server, String headers) {
    return "GET /socket HTTP/1.1\r\nHost: localhost:"
        + server.port()
        + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + headers
        + "\r\n";
  }

  private static String id(String event) {
    return all(ID, event).getFirst();
  }

  private static List<String> all(Pattern pattern, String event) {
    List<String> found = new ArrayList<>();
    for (Matcher each = pattern.matcher(event); each.find(); ) {
      found.add(each.group(1));
    }
    return found;
  }

  /** RFC 7692, section 7.2.2: the four bytes that end a block are left out on the way. */
  private static String inflated(byte[] payload) throws Exception {
    Inflater inflater = new Inflater(true);
    byte[] whole = java.util.Arrays.copyOf(payload, payload.length + 4);
    whole[payload.length + 2] = (byte) 0xff;
    whole[payload.length + 3] = (byte) 0xff;
    inflater.setInput(whole);
    byte[] text = new byte[1 << 20];
    int length = inflater.inflate(text);
    inflater.end();
    return new String(text, 0, length, UTF_8);
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
