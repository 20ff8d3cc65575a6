package fivefold.services.chat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Where what is said gets its place. By itself a chat decides that alone ({@link LocalOrder}); a
 * chat on several servers leaves it to something they share.
 *
 * <p>Everything is called on the chat's thread, and calls the {@link Listener} on it: within {@link
 * #submit}, or by the executor. Only {@link #close} comes from another one, when that has ended.
 */
public interface Order extends AutoCloseable {

  /** Hears what has got its place. */
  interface Listener {
    /**
     * These come next, in this order, and were never here before.
     *
     * @throws IOException when they cannot be kept; nobody has heard them then
     */
    void placed(List<Placed> next) throws IOException;

    /**
     * These were placed while this chat could not listen, and are too old by now to be had. The
     * others have heard them.
     */
    void missed(List<Draft> drafts);

    /** Nothing gets a place for the time being; what is submitted waits. */
    void lost();

    /** It goes on, and what was missed meanwhile has been placed. */
    void found();
  }

  /**
   * Places what was said earlier, as far as it is kept, and then all that follows. Called once, on
   * the thread that opens the chat; returns when what there is has been handed to the executor.
   *
   * @param turns runs a task on the chat's thread
   * @throws IOException when it cannot begin; the message says what to do
   */
  void start(Executor turns, Listener listener) throws IOException;

  /**
   * Takes as many of these as it has room for, from the first on. What it has taken is placed some
   * day, once.
   *
   * @return how many; at least one
   * @throws IOException when it takes none; the message says why, for those who said it
   */
  int submit(List<Draft> drafts) throws IOException;

  /** Ends. What it has taken and cannot place in some seconds is lost, and logged. */
  @Override
  void close();
}
