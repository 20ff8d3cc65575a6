package guide;

import fivefold.net.Connection;
import fivefold.net.framing.LineHandler;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/** Answers each line from something that takes long, without holding up the loop. */
record SlowLookup(ExecutorService workers, UnaryOperator<String> database) implements LineHandler {
  @Override
  public void onLine(Connection peer, String line) {
    peer.pauseReading(); // one question at a time, so the answers keep their order
    workers.execute(() -> {
      peer.sendLine(database.apply(line)); // from any thread
      peer.resumeReading();
    });
  }
}
