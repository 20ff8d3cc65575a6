package fivefold.services.chat;

/**
 * So many a second in the long run, and some more at once: a bucket of tokens that fills with time.
 * Thread-safe.
 */
final class RateLimit {
  /** A pasted paragraph passes. */
  private static final int SECONDS_AT_ONCE = 5;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final double most;
  private double tokens;
  private long filledNanos;

  /** 0 a second stands for any number. */
  RateLimit(int perSecond, long nowNanos) {
    this.perSecond = perSecond;
    this.most = (double) perSecond * SECONDS_AT_ONCE;
    this.tokens = most;
    this.filledNanos = nowNanos;
  }

  /** Whether one more may pass. */
  synchronized boolean take(long nowNanos) {
    if (perSecond == 0) {
      return true;
    }
    fill(nowNanos);
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /** Whether nothing was taken for a while: who comes anew would have no more. */
  synchronized boolean isFull(long nowNanos) {
    fill(nowNanos);
    return tokens >= most;
  }

  private void fill(long nowNanos) {
    tokens = Math.min(most, tokens + (nowNanos - filledNanos) / NANOS_PER_SECOND * perSecond);
    filledNanos = nowNanos;
  }
}
