package fivefold.net.style;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import org.jspecify.annotations.Nullable;

/** A conversation on a virtual thread that the JDK's scheduler runs. */
final class ThreadConversation extends SharedWire {
  private final ConversationHandler handler;
  private @Nullable Thread thread;
  private volatile boolean done;

  ThreadConversation(ConversationHandler handler) {
    this.handler = handler;
  }

  @Override
  public void onOpen(Connection opened) {
    super.onOpen(opened);
    Thread unstarted =
        Thread.ofVirtual().inheritInheritableThreadLocals(false).unstarted(this::run);
    // Known before it runs: whoever hears of the conversation may cancel it.
    thread = unstarted;
    unstarted.start();
  }

  private void run() {
    Throwable error = null;
    try {
      handler.converse(new Conversation(this));
      flush(null);
    } catch (ConversationClosedException e) {
      // It was not ours to end: whoever closed has said why.
    } catch (Throwable e) {
      error = e;
    }
    done = true;
    // A stop may have interrupted us: what follows is to be said all the same.
    boolean _ = Thread.interrupted();
    Throwable fault = Ending.close(connection(), error);
    if (fault != null) {
      connection().execute(() -> Ending.raise(fault));
    }
  }

  @Override
  public void onClose(Connection gone, CloseReason reason) {
    if (markClosed(reason)) {
      cancel();
    }
  }

  @Override
  void tookAfterClose() {
    Thread.currentThread().interrupt();
  }

  @Override
  public void cancel() {
    Thread running = thread;
    if (running != null && !done) {
      running.interrupt();
    }
  }
}
