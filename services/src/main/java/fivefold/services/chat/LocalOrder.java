package fivefold.services.chat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Everybody is here: what is said has its place at once. */
final class LocalOrder implements Order {
  /** An id is the time in milliseconds and a number below this many, and never goes back. */
  private static final int ID_BITS_BELOW_MILLIS = 20;

  private long lastId;
  private @Nullable Listener listener;

  /** Goes on after this id. */
  LocalOrder(long lastId) {
    this.lastId = lastId;
  }

  @Override
  public void start(Executor turns, Listener heard) {
    listener = heard;
  }

  @Override
  public int submit(List<Draft> drafts) throws IOException {
    Listener heard = listener;
    if (heard == null) {
      throw new IOException("the chat has not begun");
    }
    List<Placed> placed = new ArrayList<>(drafts.size());
    for (Draft each : drafts) {
      lastId = Math.max(lastId + 1, each.atMillis() << ID_BITS_BELOW_MILLIS);
      placed.add(each.at(lastId));
    }
    try {
      heard.placed(placed);
    } catch (IOException e) {
      throw new IOException("the history cannot be written", e);
    }
    return placed.size();
  }

  @Override
  public void close() {}
}
