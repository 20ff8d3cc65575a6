package fivefold.metrics;

import fivefold.net.CallObserver;
import fivefold.net.Connection;
import fivefold.net.HandlerCall;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Times the calls of one connection's handler. */
final class TimedCalls implements CallObserver {
  private final Map<HandlerCall, Timer> timers;
  private long beganNanos;

  TimedCalls(Map<HandlerCall, Timer> timers) {
    this.timers = timers;
  }

  @Override
  public void begins(HandlerCall call) {
    beganNanos = System.nanoTime();
  }

  @Override
  public void ended(HandlerCall call, Connection connection) {
    Timer timer = timers.get(call);
    if (timer != null) {
      timer.record(System.nanoTime() - beganNanos, TimeUnit.NANOSECONDS);
    }
  }
}
