package fivefold.net.flight;

import fivefold.net.StageSpan;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** A stage of a server's thread: off in a recording that does not ask for it by name. */
abstract class StageEvent extends Event implements StageSpan {
  @Label("Bytes, or -errno")
  long amount;

  @Override
  public void end(long itsAmount) {
    amount = itsAmount;
    commit();
  }
}
