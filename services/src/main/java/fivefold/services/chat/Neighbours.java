package fivefold.services.chat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The other servers of a chat: who is there, and whose name is whose. By itself a chat has {@link
 * NoNeighbours}.
 *
 * <p>Everything is called on the chat's thread, and calls the {@link Listener} and gives its
 * answers on it: at once, or by the executor. Only {@link #close} comes from another one.
 */
public interface Neighbours extends AutoCloseable {

  /** Hears what happens on the other servers. */
  interface Listener {
    /** Somebody has come, or is now called otherwise or in other rooms. */
    void present(Presence now);

    /**
     * Somebody has gone.
     *
     * @param slow whether it was dropped because it did not read
     */
    void absent(String node, long member, boolean slow);

    /** These are all that are on a server; none when it has gone. */
    void all(String node, List<Presence> members);

    /** Somebody there says something to one member here; false when nobody is called so. */
    boolean told(String name, String from, String text);

    /** Another server has given away a name of ours while this one was cut off. */
    void nameLost(String key);
  }

  /**
   * Begins. Called once, on the thread that opens the chat.
   *
   * @throws IOException when it cannot; the message says what to do
   */
  void start(Executor turns, Listener listener) throws IOException;

  /** A member here has come, or is now called otherwise or in other rooms. */
  void present(long member, String name, List<String> rooms);

  /** A member here has gone. */
  void absent(long member, boolean slow);

  /**
   * Asks for a name that nobody here has.
   *
   * @param key of the name
   * @param answer gets null when it is ours now, or why it is not, as what follows the name: {@code
   *     is taken}
   */
  void claim(String key, Consumer<@Nullable String> answer);

  /** Gives a claimed name back. */
  void release(String key);

  /**
   * Says something to one member of another server.
   *
   * @param answer gets whether it has arrived
   */
  void tell(Presence to, String from, String text, Consumer<Boolean> answer);

  @Override
  void close();
}
