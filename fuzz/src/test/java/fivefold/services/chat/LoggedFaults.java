package fivefold.services.chat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What other threads could not throw at the test, but have logged. */
final class LoggedFaults extends Handler {
  private final AtomicReference<LogRecord> first = new AtomicReference<>();
  private final Logger watched; // a logger nobody holds is forgotten with its handlers

  private LoggedFaults(Logger watched) {
    this.watched = watched;
  }

  static LoggedFaults watch(String logger) {
    Logger watched = Logger.getLogger(logger);
    LoggedFaults faults = new LoggedFaults(watched);
    watched.addHandler(faults);
    return faults;
  }

  void requireNone() {
    LogRecord fault = first.getAndSet(null);
    if (fault != null) {
      throw new AssertionError(watched.getName() + ": " + fault.getMessage(), fault.getThrown());
    }
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
      first.compareAndSet(null, entry);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
