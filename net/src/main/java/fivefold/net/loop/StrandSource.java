package fivefold.net.loop;

import java.util.List;

/** Decides where the calls of a reactor's connections run. */
public interface StrandSource {

  /** The strand of a new connection that this loop watches. */
  WatchingStrand strand(EventLoop loop);

  /** Whether the calling thread is one that this source runs. */
  boolean isOnOwnThread();

  /** The counts of the threads this source runs. */
  List<Counters> counters();

  /** Ends its threads; the loops have ended before. */
  void close();

  /** On the loop itself: one thread for waiting and handling. */
  static StrandSource onLoop() {
    return new StrandSource() {
      @Override
      public WatchingStrand strand(EventLoop loop) {
        return loop;
      }

      @Override
      public boolean isOnOwnThread() {
        return false;
      }

      @Override
      public List<Counters> counters() {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }
}
