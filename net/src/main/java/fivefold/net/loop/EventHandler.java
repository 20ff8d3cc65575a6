package fivefold.net.loop;

/**
 * Something with a descriptor that an {@link EventLoop} watches: a socket, a pipe, a terminal.
 *
 * <pre>{@code
 * class Keyboard implements EventHandler {
 *   public int descriptor() { return 0; }
 *   public boolean wantsRead() { return true; }
 *   public boolean wantsWrite() { return false; }
 *   public void read() { ... }
 *   public void write() {}
 * }
 * loop.add(new Keyboard());
 * }</pre>
 *
 * <p>What it wants is asked after each of its calls; when it changes at another time, tell the loop
 * by {@link EventLoop#update}. All calls come on the loop's thread. An exception takes the handler
 * off the loop and is reported.
 */
public interface EventHandler {

  int descriptor();

  boolean wantsRead();

  /** True only while there is something to write: an idle socket is always writable. */
  boolean wantsWrite();

  /**
   * The descriptor can be read; over an edge-triggered poller to be read until EAGAIN.
   *
   * @throws Exception takes the handler off the loop
   */
  void read() throws Exception;

  /**
   * The descriptor can be written.
   *
   * @throws Exception takes the handler off the loop
   */
  void write() throws Exception;

  /**
   * The peer is gone and neither reading nor writing was wanted, so that nothing else would say so.
   *
   * @throws Exception takes the handler off the loop
   */
  default void hangup() throws Exception {
    read();
  }

  /**
   * The loop has ceased to watch the descriptor, which is still open: the poller refused it, or one
   * of its calls threw.
   */
  default void offLoop(Throwable why) {}

  /**
   * Over a one-shot poller: whether the handler arms its descriptor again itself, when somebody
   * else has done the work.
   */
  default boolean rearmsItself() {
    return false;
  }
}
