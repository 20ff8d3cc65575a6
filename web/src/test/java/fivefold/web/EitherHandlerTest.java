package fivefold.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** One port for lines and HTTP, on every model. */
@Timeout(60)
class EitherHandlerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ChatOptions FREE = ChatOptions.DEFAULT.withMessagesPerSecond(0);
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void whoIsSilentHearsAndWhoSpeaksIsHeard(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model);
        RawClient silent = new RawClient(server);
        RawClient speaker = new RawClient(server)) {
      await().atMost(PATIENCE).until(() -> chat.members().size() == 2);
      speaker.send("hello\n");
      for (RawClient each : new RawClient[] {silent, speaker}) {
        assertThat(each.line()).contains("127.0.0.1:");
        assertThat(each.line()).isEqualTo("hello");
      }
    }
  }

  /** In pieces, the request is held until it is clear; and so is what only began like one. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void requestsAndMessagesInPieces(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE.withQuietAfter(Duration.ofSeconds(20)));
        Server server = start(chat, model);
        RawClient browser = new RawClient(server);
        RawClient talker = new RawClient(server)) {
      inPieces(browser, GET);
      assertThat(browser.head()).startsWith("HTTP/1.1 200 OK\n");
      assertThat(chat.members()).isEmpty();
      inPieces(talker, "GET / is what they say\n");
      talker.line();
      assertThat(talker.line()).isEqualTo("GET / is what they say");
    }
  }

  /** A message without a line end that is the beginning of a method. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void whatStaysUnclearIsAMessageAfterTheQuietTime(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model);
        RawClient client = new RawClient(server)) {
      client.send("GE");
      client.line();
      assertThat(client.line()).isEqualTo("GE");
    }
  }

  /** As browsers do that open connections before they need them. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void aRequestAfterALongSilenceIsAnswered(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model);
        RawClient browser = new RawClient(server)) {
      await().atMost(PATIENCE).until(() -> chat.members().size() == 1);
      browser.send(GET);
      assertThat(browser.head()).startsWith("HTTP/1.1 200 OK\n");
      await().atMost(PATIENCE).until(() -> chat.members().isEmpty());
    }
  }

  private static void inPieces(RawClient client, String text) throws Exception {
    for (int i = 0; i < text.length(); i++) {
      client.send(text.substring(i, i + 1));
    }
  }

  private static Server start(Chat chat, IoModel model) throws Exception {
    WebChat web = WebChat.of(chat, WebOptions.DEFAULT);
    return Server.tcp(0, web.withLines()).model(model).start();
  }
}
