package fivefold.lab.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.lab.load.EchoServers.Behaviour;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each protocol against a server that speaks it, and against one that does not. */
@Timeout(60)
class ProtocolTest {

  private static LoadResult run(Behaviour behaviour, Protocol protocol, int pipeline)
      throws IOException {
    try (EchoServers server = new EchoServers(behaviour);
        LoadGenerator generator = new LoadGenerator()) {
      return generator.run(
          new LoadPlan(
              server.address(),
              protocol,
              4,
              pipeline,
              0,
              Duration.ofMillis(20),
              Duration.ofMillis(300),
              LoadPlan.DEFAULT_PATIENCE),
          WindowObserver.NONE);
    }
  }

  private static void assertGood(LoadResult result) {
    assertThat(result.firstFailure()).isNull();
    assertThat(result.errors()).isZero();
    assertThat(result.requests()).isPositive();
  }

  private static void assertMismatches(LoadResult result) {
    assertThat(result.requests()).isPositive();
    assertThat(result.mismatches()).isPositive();
  }

  private static final Behaviour SAME = (in, out) -> in.transferTo(out);

  /** Answers each line that begins so with the same text. */
  private static Behaviour answering(String beginning, String answer) {
    return (in, out) -> {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, US_ASCII));
      for (String line; (line = lines.readLine()) != null; ) {
        if (line.startsWith(beginning)) {
          out.write(answer.getBytes(US_ASCII));
        }
      }
    };
  }

  private static Behaviour http(String answer) {
    return answering("GET /page HTTP/1.1", answer);
  }

  private static final Protocol GET = new Protocol.HttpGet("localhost:80", "/page", true);

  @Test
  void echoIsTheSameOrInUpperCase() throws IOException {
    assertGood(run(SAME, new Protocol.Echo(64), 3));
    assertGood(run(EchoServers.upperCase(-1), new Protocol.UpperCase(64), 3));
    assertMismatches(run(EchoServers.upperCase(-1), new Protocol.Echo(64), 1));
    assertMismatches(run(SAME, new Protocol.UpperCase(64), 1));
  }

  @Test
  void aLineIsAnsweredByALine() throws IOException {
    assertGood(run(answering("", "whatever it is\n"), new Protocol.Line(20), 3));
    assertMismatches(run(answering("", "two\nlines\n"), new Protocol.Line(20), 1));
  }

  @Test
  void pingIsAnsweredByPongOrByWhatItCarries() throws IOException {
    assertGood(run(answering("PING", "+PONG\r\n"), new Protocol.RedisPing(0), 3));
    assertMismatches(run(answering("PING", "-ERR no\r\n"), new Protocol.RedisPing(0), 1));
    assertGood(run(answering("abc", "$3\r\nabc\r\n"), new Protocol.RedisPing(3), 3));
  }

  @Test
  void httpRepliesAreWholeAndTheSame() throws IOException {
    assertGood(run(http("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), GET, 1));
    assertGood(
        run(
            http("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
            GET,
            3));
    LoadResult notFound = run(http("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"), GET, 1);
    assertMismatches(notFound);
    assertThat(notFound.firstFailure()).isEqualTo("status 404");
  }

  @Test
  void whatIsNoHttpEndsItsConnection() throws IOException {
    LoadResult result = run(http("hello\r\n\r\n"), GET, 1);
    assertThat(result.failures()).isEqualTo(4);
    assertThat(result.firstFailure()).contains("no reply of HTTP");
  }

  @Test
  void aPathThatWouldBreakTheRequestIsRefused() {
    assertThatThrownBy(() -> new Protocol.HttpGet("localhost", "/a b", true))
        .hasMessageContaining("/a b");
    assertThatThrownBy(() -> new Protocol.HttpGet("localhost", "page", true))
        .hasMessageContaining("begins with '/'");
  }
}
