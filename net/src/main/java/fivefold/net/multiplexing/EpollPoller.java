package fivefold.net.multiplexing;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import fivefold.net.loop.Wakeup;
import fivefold.sys.Descriptors;
import fivefold.sys.Epoll;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * epoll(7): the kernel keeps the list of what is watched, and a wait returns only what is ready,
 * however many are watched.
 */
final class EpollPoller implements Poller {

  /** When the kernel tells of readiness. */
  enum Trigger {
    /** On every wait, as long as it lasts. */
    LEVEL(0),
    /** Once for each change. */
    EDGE(Epoll.EPOLLET),
    /** Once, until it is armed again. */
    ONE_SHOT(Epoll.EPOLLONESHOT);

    private final int flag;

    Trigger(int flag) {
      this.flag = flag;
    }
  }

  private static final int EVENTS_PER_WAIT = 1024;

  /** No registration has generation 0. */
  private static final long WAKEUP_KEY = 0;

  private final Registrations registrations = new Registrations();
  private final Trigger trigger;
  private final int epoll;
  private final Wakeup wakeup;
  private final long events;
  // With one-shot, workers arm: a late one must not reach whoever has the number next.
  private boolean closed;

  EpollPoller(Trigger trigger) throws IOException {
    this.trigger = trigger;
    epoll = Epoll.create();
    if (epoll < 0) {
      throw NativeException.of("epoll_create1", epoll);
    }
    try {
      wakeup = new Wakeup();
    } catch (IOException e) {
      Descriptors.close(epoll);
      throw e;
    }
    int result =
        Epoll.control(epoll, Epoll.CTL_ADD, wakeup.descriptor(), Epoll.EPOLLIN, WAKEUP_KEY);
    if (result < 0) {
      wakeup.close();
      Descriptors.close(epoll);
      throw NativeException.of("epoll_ctl", result);
    }
    // Last: a constructor that throws has nobody to free it.
    events = Memory.allocate((long) EVENTS_PER_WAIT * Epoll.EVENT_BYTES);
  }

  @Override
  public Registration register(int descriptor, int interest, Object attachment) throws IOException {
    Registration added = registrations.add(descriptor, interest, attachment);
    int result = control(Epoll.CTL_ADD, added, interest);
    if (result < 0) {
      registrations.remove(descriptor);
      throw NativeException.of("epoll_ctl", result);
    }
    return added;
  }

  @Override
  public void modify(Registration registration, int interest) throws IOException {
    registration.setInterest(interest);
    int result =
        trigger == Trigger.ONE_SHOT
            ? arm(registration, interest)
            : control(Epoll.CTL_MOD, registration, interest);
    // One-shot: armed by a worker when the loop has just closed it.
    if (result < 0 && registration.isLive()) {
      throw NativeException.of("epoll_ctl", result);
    }
  }

  private synchronized int arm(Registration registration, int interest) {
    return closed ? 0 : control(Epoll.CTL_MOD, registration, interest);
  }

  private int control(int operation, Registration registration, int interest) {
    int wanted =
        ((interest & Interest.READ) != 0 ? Epoll.EPOLLIN : 0)
            | ((interest & Interest.WRITE) != 0 ? Epoll.EPOLLOUT : 0)
            | trigger.flag;
    return Epoll.control(epoll, operation, registration.descriptor(), wanted, key(registration));
  }

  /** The generation tells events of this use of the number from those of an earlier one. */
  private static long key(Registration registration) {
    return (long) registration.generation() << 32 | registration.descriptor();
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
    Epoll.control(epoll, Epoll.CTL_DEL, registration.descriptor(), 0, 0);
  }

  @Override
  public int poll(long timeoutNanos, ReadyList ready) throws IOException {
    ready.clear();
    int found = Epoll.wait(epoll, events, EVENTS_PER_WAIT, Timeouts.millis(timeoutNanos));
    if (found < 0) {
      if (found == -Errno.EINTR) {
        return 0;
      }
      throw NativeException.of("epoll_wait", found);
    }
    for (int i = 0; i < found; i++) {
      collect(Epoll.data(events, i), Epoll.events(events, i), ready);
    }
    return ready.size();
  }

  private void collect(long key, int returned, ReadyList ready) {
    if (key == WAKEUP_KEY) {
      wakeup.drain();
      return;
    }
    Registration registration = registrations.find((int) key);
    if (registration != null && registration.generation() == (int) (key >>> 32)) {
      int told =
          ((returned & Epoll.EPOLLIN) != 0 ? Interest.READ : 0)
              | ((returned & Epoll.EPOLLOUT) != 0 ? Interest.WRITE : 0);
      boolean hangup = (returned & (Epoll.EPOLLERR | Epoll.EPOLLHUP)) != 0;
      ready.add(registration, hangup ? told | registration.interest() | Interest.HANGUP : told);
    }
  }

  @Override
  public boolean isEdgeTriggered() {
    return trigger == Trigger.EDGE;
  }

  @Override
  public boolean isOneShot() {
    return trigger == Trigger.ONE_SHOT;
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
  public synchronized void close() {
    closed = true;
    wakeup.close();
    Descriptors.close(epoll);
    Memory.free(events);
  }
}
