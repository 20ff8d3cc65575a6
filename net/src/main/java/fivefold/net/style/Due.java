package fivefold.net.style;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a virtual thread's work that another thread has made due; run once, by whoever takes
 * it.
 */
final class Due extends AtomicBoolean {
  private static final long serialVersionUID = 1;

  final transient TurnConversation conversation;
  final transient Runnable task;
  final transient long sinceNanos = System.nanoTime();
  transient @Nullable Due next;

  Due(TurnConversation conversation, Runnable task) {
    this.conversation = conversation;
    this.task = task;
  }

  boolean take() {
    return compareAndSet(false, true);
  }
}
