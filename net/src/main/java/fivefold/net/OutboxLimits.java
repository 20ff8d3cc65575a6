package fivefold.net;

import java.time.Duration;

/**
 * How much may wait for one peer. What the kernel has taken is not counted. What a system call was
 * given and then did not take comes back and stands beside the limits: at most 64 KiB, or half of
 * {@code limitBytes} if that is less.
 *
 * @param limitBytes bytes that may wait
 * @param limitMessages messages that may wait
 * @param limitAge how long a message may wait before the peer counts as a slow consumer
 * @param policy what happens to a message beyond the bytes or messages
 */
public record OutboxLimits(
    int limitBytes, int limitMessages, Duration limitAge, SlowConsumerPolicy policy) {

  /** 1 MiB, 16,384 messages, 30 seconds, disconnect. */
  public static final OutboxLimits DEFAULT =
      new OutboxLimits(1 << 20, 1 << 14, Duration.ofSeconds(30), SlowConsumerPolicy.DISCONNECT);

  /**
   * Checks each limit.
   *
   * @throws IllegalArgumentException when one is not positive, or longer than a hundred years
   */
  public OutboxLimits {
    Checks.atLeast("outbox limit in bytes", limitBytes, 1);
    Checks.atLeast("outbox limit in messages", limitMessages, 1);
    Checks.positive("outbox limit in time", limitAge);
  }

  /** The same with another limit in bytes. */
  public OutboxLimits withBytes(int bytes) {
    return new OutboxLimits(bytes, limitMessages, limitAge, policy);
  }

  /** The same with another limit in messages. */
  public OutboxLimits withMessages(int messages) {
    return new OutboxLimits(limitBytes, messages, limitAge, policy);
  }

  /** The same with another limit in time. */
  public OutboxLimits withAge(Duration age) {
    return new OutboxLimits(limitBytes, limitMessages, age, policy);
  }

  /** The same with another policy. */
  public OutboxLimits withPolicy(SlowConsumerPolicy wanted) {
    return new OutboxLimits(limitBytes, limitMessages, limitAge, wanted);
  }

  /** Above this many waiting bytes {@link Connection#isWritable} is false. */
  public int highWatermarkBytes() {
    return Math.max(1, limitBytes / 2);
  }

  /** Down at this many waiting bytes {@link StreamHandler#onWritable} is called. */
  public int lowWatermarkBytes() {
    return limitBytes / 4;
  }

  /** Above this many waiting messages {@link Connection#isWritable} is false, too. */
  public int highWatermarkMessages() {
    return Math.max(1, limitMessages / 2);
  }

  /** Down at this many as well, {@link StreamHandler#onWritable} is called. */
  public int lowWatermarkMessages() {
    return limitMessages / 4;
  }
}
