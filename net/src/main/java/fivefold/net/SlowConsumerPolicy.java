package fivefold.net;

/**
 * What happens to a message when the outbox of its connection is full, the same on every model. The
 * age limit of the outbox disconnects under every policy: a peer that reads nothing at all is gone.
 */
public enum SlowConsumerPolicy {
  /** The connection is closed with {@link CloseReason.Kind#SLOW_CONSUMER}. */
  DISCONNECT,
  /** Whole messages that have waited longest and are not yet begun make room. */
  DROP_OLDEST,
  /** The new message is not taken. */
  DROP_NEWEST
}
