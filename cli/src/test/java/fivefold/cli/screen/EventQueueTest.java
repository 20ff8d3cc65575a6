package fivefold.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final Queue<Runnable> endOfTurn = new ArrayDeque<>();
  private final List<Object> seen = new ArrayList<>();
  private final EventQueue events = new EventQueue(endOfTurn::add, seen::add);

  @Test
  void callsTheHandlerOfEachInOrderAndPaintsOnce() {
    events.onKey(seen::add);
    events.onClick(seen::add);
    events.onIdle(() -> seen.add("painted"));
    Event key = Event.Key.typed('x');
    Event click = new Event.Click(1, 2);
    events.post(key);
    events.post(click);
    events.post(new Event.Resize(80, 24)); // nobody listens
    assertThat(seen).isEmpty();
    turn();
    assertThat(seen).containsExactly(key, click, "painted");
  }

  @Test
  void whatAHandlerPostsIsHandledInTheSameTurn() {
    Event.Line answer = new Event.Line("answer");
    events.onKey(_ -> events.post(answer));
    events.onLine(seen::add);
    events.post(Event.Key.typed('x'));
    turn();
    assertThat(seen).containsExactly(answer);
  }

  @Test
  void tellsOfAHandlerThatFails() {
    RuntimeException fault = new IllegalStateException("fault");
    events.onKey(_ -> {
      throw fault;
    });
    events.post(Event.Key.typed('x'));
    turn();
    assertThat(seen).containsExactly(fault);
  }

  private void turn() {
    for (Runnable task; (task = endOfTurn.poll()) != null; ) {
      task.run();
    }
  }
}
