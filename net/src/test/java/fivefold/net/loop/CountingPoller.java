package fivefold.net.loop;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A poller that watches nothing: it notes how long it should wait, and counts wake-ups. */
final class CountingPoller implements Poller {
  final AtomicInteger wakeups = new AtomicInteger();
  final Registrations registrations = new Registrations();
  Runnable whileWaiting = () -> {};
  long timeoutNanos;
  boolean closed;

  @Override
  public Registration register(int descriptor, int interest, Object attachment) {
    return registrations.add(descriptor, interest, attachment);
  }

  @Override
  public void modify(Registration registration, int interest) {
    registration.setInterest(interest);
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
  }

  @Override
  public int poll(long timeout, ReadyList ready) {
    timeoutNanos = timeout;
    ready.clear();
    whileWaiting.run();
    return 0;
  }

  @Override
  public void wakeup() {
    wakeups.incrementAndGet();
  }

  @Override
  public Registration find(int descriptor) {
    return registrations.find(descriptor);
  }

  @Override
  public Map<Integer, Registration> registered() {
    return registrations.snapshot();
  }

  @Override
  public void close() {
    closed = true;
  }
}
