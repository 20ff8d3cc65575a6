package fivefold.cli.screen;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The event queue of a program with a screen. Whoever knows that something has happened posts it;
 * the handler for its kind is called with it, later, in order, one at a time.
 *
 * <pre>{@code
 * EventQueue events = new EventQueue(loop::defer, failure -> stop(failure));
 * events.onKey(key -> editor.press(key));
 * events.onResize(size -> layout(size));
 * events.onIdle(this::paint);               // once for all that came together
 * }</pre>
 *
 * <p>Nobody asks "is there a key?": the loop sleeps until a descriptor has something to say, the
 * descriptor's handler posts, and this queue calls. Belongs to the loop's thread.
 */
public final class EventQueue {
  private final Executor endOfTurn;
  private final Consumer<Throwable> onFailure;
  private final Queue<Event> waiting = new ArrayDeque<>();
  private boolean drainIsDue;

  private Consumer<Event.Key> onKey = key -> {};
  private Consumer<Event.Paste> onPaste = paste -> {};
  private Consumer<Event.Click> onClick = click -> {};
  private Consumer<Event.Wheel> onWheel = wheel -> {};
  private Consumer<Event.Resize> onResize = size -> {};
  private Consumer<Event.Line> onLine = line -> {};
  private Consumer<Event.Down> onDown = down -> {};
  private Runnable onIdle = () -> {};

  /**
   * A queue without handlers.
   *
   * @param endOfTurn runs a task when all sources of this turn of the loop have posted
   * @param onFailure is told what a handler has thrown
   */
  public EventQueue(Executor endOfTurn, Consumer<Throwable> onFailure) {
    this.endOfTurn = endOfTurn;
    this.onFailure = onFailure;
  }

  public void onKey(Consumer<Event.Key> handler) {
    onKey = handler;
  }

  public void onPaste(Consumer<Event.Paste> handler) {
    onPaste = handler;
  }

  public void onClick(Consumer<Event.Click> handler) {
    onClick = handler;
  }

  public void onWheel(Consumer<Event.Wheel> handler) {
    onWheel = handler;
  }

  public void onResize(Consumer<Event.Resize> handler) {
    onResize = handler;
  }

  public void onLine(Consumer<Event.Line> handler) {
    onLine = handler;
  }

  public void onDown(Consumer<Event.Down> handler) {
    onDown = handler;
  }

  /** Runs when all that waited has been handled: the time to paint. */
  public void onIdle(Runnable handler) {
    onIdle = handler;
  }

  /** Puts an event at the end. */
  public void post(Event event) {
    waiting.add(event);
    wake();
  }

  /** Has {@link #onIdle} run though nothing is posted, when something has changed otherwise. */
  public void wake() {
    if (!drainIsDue) {
      drainIsDue = true;
      endOfTurn.execute(this::drain);
    }
  }

  private void drain() {
    drainIsDue = false;
    try {
      for (Event event = waiting.poll(); event != null; event = waiting.poll()) {
        handle(event);
      }
      onIdle.run();
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }

  private void handle(Event event) {
    switch (event) {
      case Event.Key key -> onKey.accept(key);
      case Event.Paste paste -> onPaste.accept(paste);
      case Event.Click click -> onClick.accept(click);
      case Event.Wheel wheel -> onWheel.accept(wheel);
      case Event.Resize size -> onResize.accept(size);
      case Event.Line line -> onLine.accept(line);
      case Event.Down down -> onDown.accept(down);
    }
  }
}
