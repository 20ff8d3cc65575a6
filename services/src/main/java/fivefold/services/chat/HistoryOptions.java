package fivefold.services.chat;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of what was said, and for how long. Immutable.
 *
 * @param kept false for nothing at all
 * @param file where; null for in memory, until the chat closes
 * @param limitMessages of each room; the oldest go
 * @param limitAge how old a message may grow; null for any age
 */
public record HistoryOptions(
    boolean kept, @Nullable Path file, int limitMessages, @Nullable Duration limitAge) {
  private static final int DEFAULT_LIMIT_MESSAGES = 100_000;
  private static final int DEFAULT_LIMIT_IN_MEMORY = 1_000;

  /** Nothing is kept. */
  public static final HistoryOptions NONE = new HistoryOptions(false, null, 1, null);

  /** The last 1000 messages of each room, until the chat closes. */
  public static final HistoryOptions MEMORY =
      new HistoryOptions(true, null, DEFAULT_LIMIT_IN_MEMORY, null);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException when one is not positive
   */
  public HistoryOptions {
    if (limitMessages < 1) {
      throw new IllegalArgumentException(
          "the history keeps " + limitMessages + " messages of a room; expected at least 1");
    }
    if (limitAge != null && !limitAge.isPositive()) {
      throw new IllegalArgumentException("the history keeps no day; expected at least 1");
    }
  }

  /** The last 100,000 messages of each room, in this file, of any age. */
  public static HistoryOptions inFile(Path file) {
    return new HistoryOptions(true, file, DEFAULT_LIMIT_MESSAGES, null);
  }

  public HistoryOptions withMessages(int limit) {
    return new HistoryOptions(kept, file, limit, limitAge);
  }

  public HistoryOptions withAge(@Nullable Duration limit) {
    return new HistoryOptions(kept, file, limitMessages, limit);
  }
}
