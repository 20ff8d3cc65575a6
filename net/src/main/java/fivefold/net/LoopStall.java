package fivefold.net;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A loop did not come round in time: something kept its thread, and all of its connections waited.
 *
 * @param loop the name of its thread
 * @param length how long the turn has lasted; a little less than it has, by at most an eighth of
 *     the limit
 * @param stack of its thread when it was noticed, innermost first: what the handler was doing
 */
public record LoopStall(String loop, Duration length, List<StackTraceElement> stack) {
  public LoopStall {
    stack = List.copyOf(stack);
  }

  /** The stack as the JDK prints one: a line for each frame. */
  public String stackText() {
    return stack.stream()
        .map(frame -> "\tat " + frame)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
