package fivefold.lab.figures;

import fivefold.net.IoModel;
import java.util.List;

/**
 * How one datagram was received. All times are distances from the moment at which the network gave
 * it to the kernel, so that what came before is negative.
 *
 * @param sentFromNanos when the sender called send(2)
 * @param steps of the receiving thread, in order: from asking to the end of handling
 */
public record Trace(IoModel model, int bytes, long sentFromNanos, List<Step> steps) {

  /** Copies the list. */
  public Trace {
    steps = List.copyOf(steps);
  }

  /** When the thread first asked. */
  long askedNanos() {
    return steps.stream()
        .filter(step -> step.doing().isCall())
        .findFirst()
        .orElseThrow()
        .fromNanos();
  }

  /** When the bytes were the thread's: where it begins to handle them. */
  long handedOverNanos() {
    return handling().fromNanos();
  }

  Step handling() {
    return steps.getLast();
  }

  /** The call that returned with the bytes, if a call did. */
  List<Step> copyingCalls() {
    return steps.stream()
        .filter(step -> step.doing() == Doing.RECV && step.result() == bytes)
        .toList();
  }
}
