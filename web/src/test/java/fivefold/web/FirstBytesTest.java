package fivefold.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstBytesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "GET /socket?a=b HTTP/1.0\n",
        "POST /x HTTP/1.1\r\nHost: a\r\n",
        "OPTIONS * HTTP/1.1\r\n",
        "CONNECT host:80 HTTP/1.1\r\n",
        "GET http://localhost:9999/ HTTP/1.1\r\n",
        "PRI * HTTP/2.0\r\n"
      })
  void knowsHttpByItsRequestLine(String text) {
    assertThat(of(text)).isEqualTo(FirstBytes.HTTP);
    int lineEnd = text.indexOf('\n');
    for (int length = 0; length < lineEnd; length++) {
      assertThat(of(text.substring(0, length)))
          .as("of the first %s bytes", length)
          .isIn(FirstBytes.EITHER, FirstBytes.PERHAPS_HTTP);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\n",
        "\n",
        "quit",
        "Get / HTTP/1.1\r\n",
        "GET your coat\n",
        "GET / is what a browser says\n",
        "GETTING late\n",
        "POST /office closes at 6\r\n",
        "/join room\n",
        "\u0016\u0003\u0001",
        "时间"
      })
  void anythingElseIsAMessage(String text) {
    assertThat(of(text)).isEqualTo(FirstBytes.LINES);
  }

  @Test
  void aFirstLineWithoutEndIsNotWaitedForForever() {
    String endless = "GET /" + "x".repeat(FirstBytes.LIMIT_BYTES);
    assertThat(of(endless)).isEqualTo(FirstBytes.HTTP);
    assertThat(of(endless.substring(0, 100))).isEqualTo(FirstBytes.PERHAPS_HTTP);
  }

  @Test
  void leavesTheBufferAsItIs() {
    ByteBuffer bytes = ByteBuffer.wrap("xxGET / HTTP/1.1\r\nyy".getBytes(UTF_8));
    bytes.position(2);
    assertThat(FirstBytes.of(bytes)).isEqualTo(FirstBytes.HTTP);
    assertThat(bytes.position()).isEqualTo(2);
  }

  private static FirstBytes of(String text) {
    return FirstBytes.of(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
