package fivefold.net.multiplexing;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import fivefold.net.loop.Wakeup;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Poll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * poll(2): one array with an entry for each descriptor, passed whole on every wait. No limit on the
 * number, but the kernel and we go through all of it to find the few that are ready.
 */
final class PollPoller implements Poller {
  private static final int FIRST_CAPACITY = 64;

  private final Registrations registrations = new Registrations();
  // Place 0 of the array is the wake-up; place i + 1 belongs to dense.get(i).
  private final List<Registration> dense = new ArrayList<>();
  private final Wakeup wakeup;
  private long array;
  private int capacity = FIRST_CAPACITY;

  PollPoller() throws IOException {
    wakeup = new Wakeup();
    // Behind what may throw, since nobody would free it then.
    array = Memory.allocate((long) FIRST_CAPACITY * Poll.ENTRY_BYTES);
    Poll.put(array, 0, wakeup.descriptor(), Poll.POLLIN);
  }

  @Override
  public Registration register(int descriptor, int interest, Object attachment) {
    Registration added = registrations.add(descriptor, interest, attachment);
    dense.add(added);
    if (dense.size() == capacity) {
      grow();
    }
    place(added, dense.size() - 1);
    return added;
  }

  private void grow() {
    long larger = Memory.allocate(2L * capacity * Poll.ENTRY_BYTES);
    Memory.copy(array, larger, (long) capacity * Poll.ENTRY_BYTES);
    Memory.free(array);
    array = larger;
    capacity *= 2;
  }

  private void place(Registration registration, int index) {
    registration.setIndex(index);
    write(registration);
  }

  private void write(Registration registration) {
    int interest = registration.interest();
    int events =
        ((interest & Interest.READ) != 0 ? Poll.POLLIN : 0)
            | ((interest & Interest.WRITE) != 0 ? Poll.POLLOUT : 0);
    Poll.put(array, registration.index() + 1, registration.descriptor(), events);
  }

  @Override
  public void modify(Registration registration, int interest) {
    registration.setInterest(interest);
    write(registration);
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
    // The last takes its place, so that the array has no holes.
    Registration last = dense.removeLast();
    if (last != registration) {
      dense.set(registration.index(), last);
      place(last, registration.index());
    }
  }

  @Override
  public int poll(long timeoutNanos, ReadyList ready) throws IOException {
    ready.clear();
    int found = Poll.poll(array, dense.size() + 1, Timeouts.millis(timeoutNanos));
    if (found < 0) {
      if (found == -Errno.EINTR) {
        return 0;
      }
      throw NativeException.of("poll", found);
    }
    if (found > 0 && Poll.returned(array, 0) != 0) {
      wakeup.drain();
      found--;
    }
    for (int i = 0; found > 0 && i < dense.size(); i++) {
      int returned = Poll.returned(array, i + 1);
      if (returned != 0) {
        found--;
        Registration registration = dense.get(i);
        ready.add(registration, events(returned, registration.interest()));
      }
    }
    return ready.size();
  }

  private static int events(int returned, int interest) {
    int events =
        ((returned & Poll.POLLIN) != 0 ? Interest.READ : 0)
            | ((returned & Poll.POLLOUT) != 0 ? Interest.WRITE : 0);
    boolean hangup = (returned & (Poll.POLLERR | Poll.POLLHUP | Poll.POLLNVAL)) != 0;
    return hangup ? events | interest | Interest.HANGUP : events;
  }

  @Override
  public void wakeup() {
    wakeup.signal();
  }

  @Override
  public @Nullable Registration find(int descriptor) {
    return registrations.find(descriptor);
  }

  @Override
  public Map<Integer, Registration> registered() {
    return registrations.snapshot();
  }

  @Override
  public void close() {
    wakeup.close();
    Memory.free(array);
  }
}
