package fivefold.net.flight;

import fivefold.net.Stage;
import fivefold.net.StageRecorder;
import fivefold.net.StageSpan;
import java.util.stream.Stream;

/** One event for each stage. Calls of handlers have an event of their own. */
final class FlightStages implements StageRecorder {

  /** Whether a recording asks for any of them now. */
  static boolean areWanted() {
    return Stream.of(Stage.values())
        .filter(stage -> stage != Stage.HANDLE)
        .anyMatch(stage -> event(stage).isEnabled());
  }

  @Override
  public StageSpan begin(Stage stage) {
    StageEvent event = event(stage);
    event.begin();
    return event;
  }

  private static StageEvent event(Stage stage) {
    return switch (stage) {
      case WAIT -> new WaitEvent();
      case READ -> new ReadEvent();
      case WRITE -> new WriteEvent();
      case ACCEPT -> new AcceptEvent();
      case TASK -> new TaskEvent();
      case TIMER -> new TimerEvent();
      case HANDLE -> throw new IllegalArgumentException("a handler's call is no stage here");
    };
  }
}
