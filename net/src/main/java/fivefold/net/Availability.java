package fivefold.net;

/**
 * Whether an I/O model can run on this machine. There is no silent fallback: a model that is not
 * available makes the start fail, with the reason and the remedy.
 */
public sealed interface Availability {

  /** It can. */
  record Available() implements Availability {}

  /**
   * It cannot.
   *
   * @param reason what stands in the way, in one line
   * @param remedy what the reader can do about it, in one line
   */
  record Unavailable(String reason, String remedy) implements Availability {}

  /** Whether it is {@link Available}. */
  default boolean isAvailable() {
    return this instanceof Available;
  }
}
