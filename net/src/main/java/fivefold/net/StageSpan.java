package fivefold.net;

/** A stage that has begun. */
public interface StageSpan {

  /**
   * It ends now, on the thread on which it began.
   *
   * @param amount see {@link Stage}; 0 where it says nothing
   */
  void end(long amount);
}
