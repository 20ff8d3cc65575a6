package fivefold.net.multiplexing;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import fivefold.net.loop.Wakeup;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Kqueue;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * kqueue(2): the kernel keeps the list, as with epoll, but of filters: reading and writing of one
 * descriptor are watched apart, and are told apart.
 *
 * <p>Here level-triggered. A filter exists only while it is wanted, so of a descriptor for which
 * nothing is wanted nothing is told, its reset neither.
 */
final class KqueuePoller implements Poller {
  private static final int EVENTS_PER_WAIT = 1024;

  /** No registration has generation 0. */
  private static final long WAKEUP_KEY = 0;

  private final Registrations registrations = new Registrations();
  private final int kqueue;
  private final Wakeup wakeup;
  private final long events;
  private final long changes;

  KqueuePoller() throws IOException {
    kqueue = Kqueue.create();
    if (kqueue < 0) {
      throw NativeException.of("kqueue", kqueue);
    }
    try {
      wakeup = new Wakeup();
    } catch (IOException e) {
      Descriptors.close(kqueue);
      throw e;
    }
    changes = Memory.allocate(2L * Kqueue.EVENT_BYTES);
    Kqueue.put(changes, 0, wakeup.descriptor(), Kqueue.EVFILT_READ, Kqueue.EV_ADD, WAKEUP_KEY);
    int result = submit(1);
    if (result < 0) {
      wakeup.close();
      Descriptors.close(kqueue);
      Memory.free(changes);
      throw NativeException.of("kevent", result);
    }
    // Last: a constructor that throws has nobody to free it.
    events = Memory.allocate((long) EVENTS_PER_WAIT * Kqueue.EVENT_BYTES);
  }

  @Override
  public Registration register(int descriptor, int interest, Object attachment) throws IOException {
    Registration added = registrations.add(descriptor, interest, attachment);
    int result = change(added, Interest.NONE, interest);
    if (result < 0) {
      // Of two filters the first may be there.
      change(added, interest, Interest.NONE);
      registrations.remove(descriptor);
      throw NativeException.of("kevent", result);
    }
    return added;
  }

  @Override
  public void modify(Registration registration, int interest) throws IOException {
    int before = registration.interest();
    registration.setInterest(interest);
    int result = change(registration, before, interest);
    if (result < 0) {
      throw NativeException.of("kevent", result);
    }
  }

  /** Adds and deletes the filters that differ, by one call. */
  private int change(Registration registration, int before, int after) {
    int count = 0;
    count += put(count, registration, Kqueue.EVFILT_READ, Interest.READ, before, after);
    count += put(count, registration, Kqueue.EVFILT_WRITE, Interest.WRITE, before, after);
    return count == 0 ? 0 : submit(count);
  }

  private int put(
      int place, Registration registration, int filter, int bit, int before, int after) {
    if (((before ^ after) & bit) == 0) {
      return 0;
    }
    int flag = (after & bit) != 0 ? Kqueue.EV_ADD : Kqueue.EV_DELETE;
    Kqueue.put(changes, place, registration.descriptor(), filter, flag, key(registration));
    return 1;
  }

  /** With no room for events a change that fails is the result of the call. */
  private int submit(int count) {
    return Kqueue.wait(kqueue, changes, count, 0, 0, 0);
  }

  /** The generation tells events of this use of the number from those of an earlier one. */
  private static long key(Registration registration) {
    return (long) registration.generation() << 32 | registration.descriptor();
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
    // A kernel forgets what is closed; libkqueue does not (its BUGS.md).
    change(registration, registration.interest(), Interest.NONE);
  }

  @Override
  public int poll(long timeoutNanos, ReadyList ready) throws IOException {
    ready.clear();
    int found = Kqueue.wait(kqueue, 0, 0, events, EVENTS_PER_WAIT, timeoutNanos);
    if (found < 0) {
      if (found == -Errno.EINTR) {
        return 0;
      }
      throw NativeException.of("kevent", found);
    }
    for (int i = 0; i < found; i++) {
      collect(i, ready);
    }
    for (int i = 0; i < ready.size(); i++) {
      ready.registration(i).setIndex(0);
    }
    return ready.size();
  }

  private void collect(int event, ReadyList ready) {
    long key = Kqueue.data(events, event);
    if (key == WAKEUP_KEY) {
      wakeup.drain();
      return;
    }
    Registration registration = registrations.find((int) key);
    if (registration == null || registration.generation() != (int) (key >>> 32)) {
      return;
    }
    int told = Kqueue.filter(events, event) == Kqueue.EVFILT_READ ? Interest.READ : Interest.WRITE;
    // EV_EOF needs no word: to read gives the end or the error, to write the error.
    int place = registration.index() - 1;
    if (place >= 0) {
      ready.merge(place, told);
    } else {
      ready.add(registration, told);
      registration.setIndex(ready.size());
    }
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
    Descriptors.close(kqueue);
    Memory.free(events);
    Memory.free(changes);
  }
}
