package fivefold.services.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What may be chosen about a chat. Immutable.
 *
 * <pre>{@code
 * Chat.open(ChatOptions.DEFAULT.withHistory(HistoryOptions.inFile(Path.of("chat.mv"))))
 * }</pre>
 *
 * @param quietAfter bytes without a line end count as a message when nothing has followed for so
 *     long
 * @param limitLineBytes a longer line is not taken
 * @param connectionsPerAddress connections at once of one address; 0 for any number
 * @param messagesPerSecond of one address in the long run, five times that at once; 0 for any
 *     number
 * @param password what a client has to send as its first line; null for none
 * @param history what is kept
 */
public record ChatOptions(
    Duration quietAfter,
    int limitLineBytes,
    int connectionsPerAddress,
    int messagesPerSecond,
    @Nullable String password,
    HistoryOptions history) {

  private static final Duration LONGEST_QUIET = Duration.ofMinutes(1);
  private static final int LONGEST_LINE_BYTES = 1 << 16;

  /** 100 ms, 4096 bytes, 256 connections, 20 messages a second, no password, in memory. */
  public static final ChatOptions DEFAULT =
      new ChatOptions(Duration.ofMillis(100), 4096, 256, 20, null, HistoryOptions.MEMORY);

  /**
   * Checks each.
   *
   * @throws IllegalArgumentException when one is out of range; the message says what is expected
   */
  public ChatOptions {
    if (!quietAfter.isPositive() || quietAfter.compareTo(LONGEST_QUIET) > 0) {
      throw new IllegalArgumentException(
          "the quiet time is " + quietAfter.toMillis() + " ms; expected 1ms to 1m");
    }
    between("the limit of a line in bytes", limitLineBytes, 16, LONGEST_LINE_BYTES);
    between("connections per address", connectionsPerAddress, 0, Integer.MAX_VALUE);
    between("messages per second", messagesPerSecond, 0, 1_000_000);
    if (password != null && password.isBlank()) {
      throw new IllegalArgumentException("the password is blank; expected some text, or none");
    }
  }

  private static void between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " is " + value + "; expected " + least + " to " + most);
    }
  }

  public ChatOptions withQuietAfter(Duration time) {
    return new ChatOptions(
        time, limitLineBytes, connectionsPerAddress, messagesPerSecond, password, history);
  }

  public ChatOptions withConnectionsPerAddress(int count) {
    return new ChatOptions(quietAfter, limitLineBytes, count, messagesPerSecond, password, history);
  }

  public ChatOptions withMessagesPerSecond(int count) {
    return new ChatOptions(
        quietAfter, limitLineBytes, connectionsPerAddress, count, password, history);
  }

  public ChatOptions withPassword(@Nullable String text) {
    return new ChatOptions(
        quietAfter, limitLineBytes, connectionsPerAddress, messagesPerSecond, text, history);
  }

  public ChatOptions withHistory(HistoryOptions wanted) {
    return new ChatOptions(
        quietAfter, limitLineBytes, connectionsPerAddress, messagesPerSecond, password, wanted);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ChatOptions[quietAfter=" + quietAfter + ", history=" + history + "]";
  }
}
