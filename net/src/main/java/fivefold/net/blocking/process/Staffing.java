package fivefold.net.blocking.process;

/** When workers are started. All methods are called on the supervisor's thread. */
interface Staffing {
  /** Before the first turn. */
  void begin();

  /** Whether the server itself accepts now. */
  boolean wantsToAccept();

  /** The listening socket is readable. */
  void accept();

  /** How long until {@link #due} is to be called; {@link Long#MAX_VALUE} for never. */
  long dueInNanos();

  void due();

  /** A worker has ended and is off the staff. */
  void ended(WorkerProcess worker, int exitCode);

  /** The listening socket is about to close. */
  void stopAccepting();
}
