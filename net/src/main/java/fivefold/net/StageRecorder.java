package fivefold.net;

/** Hears of each stage of a server's threads, on these threads; thread-safe, and quick. */
public interface StageRecorder {

  /** A stage begins now, on this thread. */
  StageSpan begin(Stage stage);
}
