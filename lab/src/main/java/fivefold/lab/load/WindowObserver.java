package fivefold.lab.load;

/**
 * Looks at the server at the edges of the measured window. Called on the load's own thread: no
 * request is sent meanwhile.
 */
public interface WindowObserver {
  /** Looks at nothing. */
  WindowObserver NONE = new WindowObserver() {};

  /**
   * In the middle of the warm-up: the place for readings that take long, as one per thread of the
   * server does. The rest of the warm-up lets the load find its pace again.
   *
   * @param completed requests answered since the start
   */
  default void approaching(long completed) {}

  /** The window opens when this returns. */
  default void opened() {}

  /** The window has just been closed. */
  default void closed() {}

  /**
   * After {@link #closed}, when the replies still due have come: for the second of the long
   * readings.
   *
   * @param completed requests answered since the start
   */
  default void passed(long completed) {}
}
