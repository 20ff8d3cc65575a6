package fivefold.lab.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRepliesTest {
  private final Tally tally = new Tally();

  private final HttpReplies replies = new HttpReplies(new HttpBody(true));

  private int take(String text) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(text.length());
    return replies.take(bytes.put(text.getBytes(US_ASCII)).flip(), tally);
  }

  private static final String LENGTH = "HTTP/1.1 200 OK\r\ncontent-length:  5\r\nX: y\r\n\r\nhello";
  private static final String CHUNKS =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: a, Chunked\r\n\r\n2;x\r\nhe\r\n03\r\nllo\r\n0\r\nT: 1\r\n\r\n";
  private static final String CONTINUED = "HTTP/1.1 100 Continue\r\n\r\n" + LENGTH;
  private static final String BARE = "HTTP/1.0 200 OK\nContent-Length: 5\n\nhello";

  @ParameterizedTest
  @ValueSource(strings = {LENGTH, CHUNKS, CONTINUED, BARE})
  void aReplyIsFoundWhereverItIsCut(String reply) {
    String three = reply + LENGTH + reply;
    for (int cut = 0; cut <= three.length(); cut++) {
      assertThat(take(three.substring(0, cut)) + take(three.substring(cut))).isEqualTo(3);
    }
    for (int i = 0; i < reply.length(); i++) {
      assertThat(take(reply.substring(i, i + 1))).isEqualTo(i + 1 == reply.length() ? 1 : 0);
    }
    assertThat(tally.mismatches).isZero();
  }

  @Test
  void anotherBodyOrAFailureIsAMismatch() {
    take(LENGTH);
    assertThat(take(LENGTH.replace("hello", "hallo"))).isEqualTo(1);
    assertThat(tally.mismatches).isEqualTo(1);
    assertThat(take(LENGTH.replace("200 OK", "500 No"))).isEqualTo(1);
    assertThat(tally.mismatches).isEqualTo(2);
  }

  @Test
  void noContentHasNoBody() {
    assertThat(take("HTTP/1.1 204 No Content\r\n\r\n")).isEqualTo(1);
    assertThat(tally.mismatches).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfive\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nhello\r\n"
      })
  void whatCannotBeUnderstoodIsBroken(String reply) {
    assertThat(take(reply)).isEqualTo(Replies.BROKEN);
    assertThat(tally.mismatches).isEqualTo(1);
  }

  @Test
  void aHeadWithoutEndIsBroken() {
    assertThat(take("HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000))).isEqualTo(Replies.BROKEN);
  }
}
