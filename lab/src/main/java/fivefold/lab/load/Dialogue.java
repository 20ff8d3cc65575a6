package fivefold.lab.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A protocol of streams at work: the stream of requests, and what judges the replies of each
 * connection.
 *
 * <p>Not thread-safe.
 */
final class Dialogue {
  private final Cycle requests;
  private final int requestBytes;
  private final boolean ownPlaces;
  private final LongFunction<Replies> replies;

  /**
   * @param ownPlaces whether each connection begins at a place of its own in the stream
   * @param replies for a connection that begins there
   */
  private Dialogue(
      Cycle requests, int requestBytes, boolean ownPlaces, LongFunction<Replies> replies) {
    this.requests = requests;
    this.requestBytes = requestBytes;
    this.ownPlaces = ownPlaces;
    this.replies = replies;
  }

  static Dialogue of(Protocol protocol) {
    return switch (protocol) {
      case Protocol.Echo echo -> echo(echo.messageBytes(), false);
      case Protocol.UpperCase upper -> echo(upper.messageBytes(), true);
      case Protocol.Datagrams datagrams ->
          throw new IllegalArgumentException("not a stream: " + datagrams);
      case Protocol.Line line -> same(line(line.messageBytes()), LineReplies::new);
      case Protocol.RedisPing ping -> redis(ping.messageBytes());
      case Protocol.HttpGet get -> http(get);
    };
  }

  private static Dialogue echo(int messageBytes, boolean upperCase) {
    byte[] period = Pattern.period();
    Cycle due = new Cycle(upperCase ? Pattern.upperCase(period) : period);
    return new Dialogue(
        new Cycle(period),
        messageBytes,
        true,
        start -> new ForeseenReplies(due, start, messageBytes));
  }

  private static byte[] line(int messageBytes) {
    byte[] line = letters(messageBytes);
    line[messageBytes - 1] = '\n';
    return line;
  }

  private static Dialogue redis(int messageBytes) {
    if (messageBytes == 0) {
      return fixed("PING\r\n".getBytes(US_ASCII), "+PONG\r\n".getBytes(US_ASCII));
    }
    String bulk = "$" + messageBytes + "\r\n" + new String(letters(messageBytes), US_ASCII);
    return fixed(
        ("*2\r\n$4\r\nPING\r\n" + bulk + "\r\n").getBytes(US_ASCII),
        (bulk + "\r\n").getBytes(US_ASCII));
  }

  private static Dialogue http(Protocol.HttpGet get) {
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: fivefold\r\n\r\n"
            .formatted(get.path(), get.authority());
    HttpBody first = new HttpBody(get.sameBody());
    return same(request.getBytes(US_ASCII), () -> new HttpReplies(first));
  }

  private static Dialogue fixed(byte[] request, byte[] reply) {
    Cycle due = new Cycle(reply);
    return same(request, () -> new ForeseenReplies(due, 0, reply.length));
  }

  /** The same request again and again on all connections. */
  private static Dialogue same(byte[] request, Supplier<Replies> replies) {
    return new Dialogue(new Cycle(request), request.length, false, start -> replies.get());
  }

  private static byte[] letters(int count) {
    byte[] letters = new byte[count];
    for (int i = 0; i < count; i++) {
      letters[i] = (byte) ('a' + i % 26);
    }
    return letters;
  }

  int requestBytes() {
    return requestBytes;
  }

  /** Where in the stream a connection begins. */
  long start(int connection) {
    return ownPlaces ? Pattern.start(connection) : 0;
  }

  /** Requests from a place in the stream on. */
  ByteBuffer requests(long place, long bytes) {
    return requests.from(place, bytes);
  }

  /** The place so many bytes further on, which is again this place when the stream repeats. */
  long after(long place, int bytes) {
    return requests.within(place + bytes);
  }

  Replies replies(long start) {
    return replies.apply(start);
  }
}
