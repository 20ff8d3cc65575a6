package fivefold.net.loop;

/** A thread's work that goes round and round: waits, handles, waits. */
public interface Loop extends Strand, AutoCloseable {

  /** Runs on the calling thread until {@link #stop}. */
  void run();

  /** Ends {@link #run} after the turn under way. Any thread. */
  void stop();

  /** Its tasks, which know whether it handles or waits. */
  LoopTasks tasks();

  /** Where its time went. Any thread. */
  LoopTimes times();

  /** Frees what it holds; when {@link #run} has ended, or was never called. */
  @Override
  void close();
}
