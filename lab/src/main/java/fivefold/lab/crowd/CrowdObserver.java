package fivefold.lab.crowd;

/** Watches a crowd. Called on the thread that makes it, some times a second. */
@FunctionalInterface
public interface CrowdObserver {
  /** Hears nothing. */
  CrowdObserver NONE = moment -> {};

  /**
   * A moment of it.
   *
   * @param phase what is being done: {@code connecting}
   * @param done how many connections this has been done with
   * @param of how many it is to be done with
   * @param perSecond of late
   * @param serverBytes resident in the server's process
   * @param kernelBytes more than before the crowd
   */
  record Moment(
      String phase, long done, long of, long perSecond, long serverBytes, long kernelBytes) {

    /** Until this phase is over, as far as can be foreseen. */
    public long leftSeconds() {
      return perSecond == 0 ? 0 : (of - done + perSecond - 1) / perSecond;
    }
  }

  void at(Moment moment);
}
