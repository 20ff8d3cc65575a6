package fivefold.services.chat;

import java.util.ArrayDeque;

/**
 * What one member has asked for, one thing after the other. A message may take its time until
 * everybody has it, and a name until it is granted; what the member asks for meanwhile waits. Where
 * a chat is alone nothing ever waits. Only the {@link Sequencer}'s thread.
 */
final class Errands {
  private static final int LIMIT_WAITING = 100;

  private record Errand(boolean whenHeard, Runnable task) {}

  private final ArrayDeque<Errand> waiting = new ArrayDeque<>();
  private int unheard;
  private boolean held;
  private boolean running;
  private boolean hurried;

  /**
   * Runs it in its turn, whether what was said before is heard or not; false when too much waits.
   */
  boolean next(Runnable task) {
    return waiting.size() < LIMIT_WAITING && add(new Errand(false, task));
  }

  /** Runs it when what the member has said before is heard; false when too much waits. */
  boolean whenHeard(Runnable task) {
    return waiting.size() < LIMIT_WAITING && add(new Errand(true, task));
  }

  /** The last one; there is always room for it. */
  void last(Runnable task) {
    add(new Errand(true, task));
  }

  private boolean add(Errand errand) {
    waiting.add(errand);
    run();
    return true;
  }

  /** The member has said something that is not heard yet. */
  void said() {
    unheard++;
  }

  /** One thing it has said is heard, or refused. */
  void heard() {
    unheard--;
    run();
  }

  /** Nothing is run until {@link #release}. */
  void hold() {
    held = true;
  }

  void release() {
    held = false;
    run();
  }

  /** It may take long until anything is heard: nothing waits for that any more, or again. */
  void hurry(boolean now) {
    hurried = now;
    run();
  }

  private void run() {
    if (running) {
      return;
    }
    running = true;
    try {
      while (!held && !waiting.isEmpty()) {
        if (waiting.getFirst().whenHeard && unheard > 0 && !hurried) {
          return;
        }
        waiting.removeFirst().task.run();
      }
    } finally {
      running = false;
    }
  }
}
