package fivefold.net.nonblocking;

import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Waits for nothing: every descriptor may be ready, so each is tried on every turn, and most answer
 * EAGAIN. This is Stevens' nonblocking model, a poll made of the I/O calls themselves; it burns a
 * core whether there is work or not, and a turn gets longer with every connection.
 */
final class SpinPoller implements Poller {
  private final Registrations registrations = new Registrations();
  private final List<Registration> watched = new ArrayList<>();

  @Override
  public Registration register(int descriptor, int interest, Object attachment) {
    Registration added = registrations.add(descriptor, interest, attachment);
    added.setIndex(watched.size());
    watched.add(added);
    return added;
  }

  @Override
  public void modify(Registration registration, int interest) {
    registration.setInterest(interest);
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
    // The last takes its place, so that the list has no holes.
    Registration last = watched.removeLast();
    if (last != registration) {
      last.setIndex(registration.index());
      watched.set(registration.index(), last);
    }
  }

  @Override
  public int poll(long timeoutNanos, ReadyList ready) {
    Thread.onSpinWait();
    ready.clear();
    for (int i = 0; i < watched.size(); i++) {
      Registration each = watched.get(i);
      if (each.interest() != 0) {
        ready.add(each, each.interest());
      }
    }
    return ready.size();
  }

  /** It never sleeps. */
  @Override
  public void wakeup() {}

  @Override
  public @Nullable Registration find(int descriptor) {
    return registrations.find(descriptor);
  }

  @Override
  public Map<Integer, Registration> registered() {
    return registrations.snapshot();
  }

  @Override
  public void close() {}
}
