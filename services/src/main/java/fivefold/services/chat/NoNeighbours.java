package fivefold.services.chat;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** There is no other server: whatever name is free here is free. */
final class NoNeighbours implements Neighbours {

  @Override
  public void start(Executor turns, Listener listener) {}

  @Override
  public void present(long member, String name, List<String> rooms) {}

  @Override
  public void absent(long member, boolean slow) {}

  @Override
  public void claim(String key, Consumer<@Nullable String> answer) {
    answer.accept(null);
  }

  @Override
  public void release(String key) {}

  @Override
  public void tell(Presence to, String from, String text, Consumer<Boolean> answer) {
    answer.accept(false);
  }

  @Override
  public void close() {}
}
