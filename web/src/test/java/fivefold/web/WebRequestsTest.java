package fivefold.web;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as a browser and as a stranger speak it. */
@Timeout(60)
class WebRequestsTest {
  private static final String UPGRADE =
      String.join(
          "\r\n",
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
          "");

  private Chat chat;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    chat = Chat.open(ChatOptions.DEFAULT);
    server = start(WebOptions.DEFAULT.withRequestPatience(Duration.ofSeconds(20)));
  }

  private Server start(WebOptions options) throws Exception {
    return Server.tcp(0, WebChat.of(chat, options).handlers()).model(IoModel.NIO).start();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
    chat.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/chat.js, text/javascript; charset=utf-8",
    "/chat.css, text/css; charset=utf-8",
    "/icon.svg, image/svg+xml",
    "/?from=somewhere, text/html; charset=utf-8"
  })
  void servesThePageSafely(String path, String type) throws Exception {
    String head = head(request("GET", path, ""));
    assertThat(head)
        .startsWith("HTTP/1.1 200 OK\n")
        .contains("content-type: " + type + "\n", "x-content-type-options: nosniff\n")
        .contains("default-src 'none'; script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void thePageHoldsNothingInline() throws Exception {
    try (RawClient client = new RawClient(server)) {
      String page = client.send(request("GET", "/", "Connection: close\r\n")).rest();
      assertThat(page).contains("<script type=\"module\" src=\"/chat.js\"></script>");
      assertThat(page).doesNotContainPattern("<script>|<style|\\son[a-z]+=|style=|javascript:");
    }
  }

  @Test
  void compressesAndKnowsWhatTheBrowserHas() throws Exception {
    String head = head(request("GET", "/chat.js", "Accept-Encoding: gzip, br\r\n"));
    assertThat(head).contains("content-encoding: gzip\n", "vary: accept-encoding\n");
    String tag = head.lines().filter(each -> each.startsWith("etag: ")).findFirst().orElseThrow();
    String known = "If-None-Match: " + tag.substring(6) + "\r\nAccept-Encoding: gzip\r\n";
    assertThat(head(request("GET", "/chat.js", known))).startsWith("HTTP/1.1 304 Not Modified\n");
    assertThat(head(request("HEAD", "/chat.js", "")))
        .startsWith("HTTP/1.1 200 OK\n")
        .containsPattern("content-length: [1-9]\\d+\n");
  }

  @Test
  void severalRequestsOnOneConnection() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send(request("HEAD", "/", "") + request("HEAD", "/nothing", ""));
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      assertThat(client.head()).startsWith("HTTP/1.1 404");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /nothing HTTP/1.1~Host: localhost~~ | 404 Not Found",
        "GET /../etc/passwd HTTP/1.1~Host: localhost~~ | 404 Not Found",
        "DELETE / HTTP/1.1~Host: localhost~~ | 405 Method Not Allowed",
        "GET / HTTP/1.1~~ | 400 Bad Request",
        "GET /socket HTTP/1.1~Host: localhost~~ | 426 Upgrade Required",
        "GET / HTTP/1.1~Host: evil.example~~ | 421 Misdirected Request",
        "POST / HTTP/1.1~Host: localhost~Content-Length: 5000000~~ | 413 Request Entity Too Large",
        "nonsense~~ | 400 Bad Request"
      })
  void saysWhatIsWrong(String request, String status) throws Exception {
    assertThat(head(request.replace("~", "\r\n"))).startsWith("HTTP/1.1 " + status + "\n");
  }

  @Test
  void tooLongALineOrHeaderIsRefusedAndClosed() throws Exception {
    try (RawClient client = new RawClient(server)) {
      client.send("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 414 ");
    }
    try (RawClient client = new RawClient(server)) {
      client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 431 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "https://localhost.evil.example:1", "file://"})
  void refusesPagesOfOthers(String origin) throws Exception {
    assertThat(head(request("GET", "/socket", UPGRADE + "Origin: " + origin + "\r\n")))
        .startsWith("HTTP/1.1 403 Forbidden\n");
  }

  @Test
  void takesItsOwnPageAndWhomItWasToldOf() throws Exception {
    String own = "Origin: http://localhost:" + server.port() + "\r\n";
    String host = "localhost:" + server.port();
    assertThat(head("GET /socket HTTP/1.1\r\nHost: " + host + "\r\n" + UPGRADE + own + "\r\n"))
        .startsWith("HTTP/1.1 101 ")
        .contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n");
    WebOptions options =
        WebOptions.DEFAULT.withOrigins(java.util.Set.of("https://chat.example.com"));
    try (Server proxied = start(options);
        RawClient client = new RawClient(proxied)) {
      client.send(
          "GET /socket HTTP/1.1\r\nHost: chat.example.com\r\n"
              + UPGRADE
              + "Origin: https://chat.example.com\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
    }
  }

  /** However slowly its bytes come. */
  @Test
  void aRequestHasToComeInTime() throws Exception {
    try (Server impatient = start(WebOptions.DEFAULT.withRequestPatience(Duration.ofMillis(200)));
        RawClient client = new RawClient(impatient)) {
      client.send("GET / HTTP/1.1\r\nHost: local");
      assertThat(client.rest()).startsWith("HTTP/1.1 408 Request Timeout");
    }
  }

  private static String request(String method, String path, String headers) {
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
  }

  private String head(String request) throws Exception {
    try (RawClient client = new RawClient(server)) {
      return client.send(request).head();
    }
  }
}
