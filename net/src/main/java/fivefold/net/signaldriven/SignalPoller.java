package fivefold.net.signaldriven;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Poll;
import fivefold.sys.Processes;
import fivefold.sys.Signals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signal-driven I/O, fcntl(2) O_ASYNC and F_SETSIG: each change of a descriptor queues a real-time
 * signal that carries its number, and the loop's thread, which blocks the signal, takes it off the
 * queue by sigtimedwait(2).
 *
 * <p>A signal tells of a change, so this is edge-triggered; what was ready before O_ASYNC was set
 * is found by one poll(2). The queue is bounded (RLIMIT_SIGPENDING): when it is full the kernel
 * sends a plain SIGIO instead, and all descriptors are looked at once by poll(2).
 *
 * <p>Its limits: the queue is one for all processes of the user (signal(7)), so that another's
 * signals shorten it; each overflow costs a poll(2) of every descriptor of the loop; and the owner
 * of an open file is one thread, so that two loops cannot watch the same.
 */
final class SignalPoller implements Poller {
  /** In one wait; the rest stays queued. */
  static final int SIGNALS_PER_WAIT = 1024;

  // Of several queued signals the lowest number is taken first: a wake-up before the work.
  private static final int WAKEUP = Signals.realTimeMin() + 1;
  private static final int READY = Signals.realTimeMin() + 2;

  private final Registrations registrations = new Registrations();
  private final List<Registration> unchecked = new ArrayList<>();
  private final long set = Memory.allocate(Signals.SET_BYTES);
  private final long info = Memory.allocate(Signals.INFO_BYTES);
  private final int pid = Processes.pid();
  private volatile int threadId;
  private volatile boolean wokenEarly;
  private boolean overflowed;

  SignalPoller() {
    // Harmless wherever it is not blocked, such as in a thread that has just ended.
    Signals.ignore(WAKEUP);
    Signals.ignore(READY);
    Signals.ignore(Signals.SIGIO);
    Signals.add(set, WAKEUP);
    Signals.add(set, READY);
    Signals.add(set, Signals.SIGIO);
  }

  @Override
  public Registration register(int descriptor, int interest, Object attachment) throws IOException {
    Registration added = registrations.add(descriptor, interest, attachment);
    if (threadId != 0) {
      try {
        arm(added);
      } catch (IOException e) {
        registrations.remove(descriptor);
        throw e;
      }
    }
    return added;
  }

  /** From now on its changes are told to this thread; what is ready already is to be looked up. */
  private void arm(Registration registration) throws IOException {
    int descriptor = registration.descriptor();
    check("F_SETOWN_EX", Descriptors.setSignalOwner(descriptor, threadId));
    check("F_SETSIG", Descriptors.setSignal(descriptor, READY));
    int flags = check("F_GETFL", Descriptors.getFlags(descriptor));
    check("F_SETFL", Descriptors.setFlags(descriptor, flags | Descriptors.O_ASYNC));
    unchecked.add(registration);
  }

  private static int check(String call, int result) throws IOException {
    if (result < 0) {
      throw NativeException.of("fcntl " + call, result);
    }
    return result;
  }

  /** What has become wanted may be ready already, and then no change would tell of it. */
  @Override
  public void modify(Registration registration, int interest) {
    registration.setInterest(interest);
    if (threadId != 0) {
      unchecked.add(registration);
    }
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
    int flags = Descriptors.getFlags(registration.descriptor());
    if (flags >= 0) {
      Descriptors.setFlags(registration.descriptor(), flags & ~Descriptors.O_ASYNC);
    }
  }

  @Override
  public int poll(long timeoutNanos, ReadyList ready) throws IOException {
    ready.clear();
    if (threadId == 0) {
      attach();
    }
    if (overflowed) {
      overflowed = false;
      unchecked.clear();
      lookUp(registrations.snapshot().values(), ready);
    } else if (!unchecked.isEmpty()) {
      lookUp(unchecked, ready);
      unchecked.clear();
    }
    boolean mayWait = ready.size() == 0 && !wokenEarly;
    wokenEarly = false;
    take(mayWait ? timeoutNanos : 0, ready);
    for (int i = 0; i < ready.size(); i++) {
      ready.registration(i).setIndex(0);
    }
    return ready.size();
  }

  /** Signals go to a thread, so only the loop's own can say to which. */
  private void attach() throws IOException {
    int masked = Signals.mask(Signals.SIG_BLOCK, set);
    if (masked < 0) {
      throw NativeException.of("pthread_sigmask", masked);
    }
    threadId = Processes.tid();
    for (Registration registration : registrations.snapshot().values()) {
      arm(registration);
    }
  }

  private void take(long timeoutNanos, ReadyList ready) throws IOException {
    int signal = Signals.wait(set, info, timeoutNanos);
    for (int taken = 1; signal > 0; taken++) {
      if (signal == Signals.SIGIO) {
        // Told when the queue overflowed; what was lost can be any of them.
        overflowed = true;
        return;
      }
      if (signal == READY) {
        add(Signals.descriptor(info), Signals.band(info), ready);
      }
      if (taken == SIGNALS_PER_WAIT) {
        // Before the next is taken off the queue: nobody would hear of it.
        return;
      }
      signal = Signals.wait(set, info, 0);
    }
    if (signal < 0 && signal != -Errno.EAGAIN && signal != -Errno.EINTR) {
      throw NativeException.of("sigtimedwait", signal);
    }
  }

  /** The band has the bits of poll(2). */
  private void add(int descriptor, int band, ReadyList ready) {
    Registration registration = registrations.find(descriptor);
    if (registration == null) {
      return;
    }
    int events = events(band, registration.interest());
    if (events == 0) {
      return;
    }
    // Several changes of one descriptor are one call of its handler.
    int place = registration.index() - 1;
    if (place >= 0) {
      ready.merge(place, events);
    } else {
      ready.add(registration, events);
      registration.setIndex(ready.size());
    }
  }

  private static int events(int band, int interest) {
    int told =
        ((band & Poll.POLLIN) != 0 ? Interest.READ : 0)
            | ((band & Poll.POLLOUT) != 0 ? Interest.WRITE : 0);
    boolean hangup = (band & (Poll.POLLERR | Poll.POLLHUP)) != 0;
    return hangup ? interest | Interest.HANGUP : told & interest;
  }

  private void lookUp(Collection<Registration> which, ReadyList ready) throws IOException {
    long array = Memory.allocate((long) which.size() * Poll.ENTRY_BYTES);
    try {
      int count = 0;
      for (Registration each : which) {
        if (each.isLive()) {
          Poll.put(array, count++, each.descriptor(), Poll.POLLIN | Poll.POLLOUT);
        }
      }
      int found = Poll.poll(array, count, 0);
      if (found < 0 && found != -Errno.EINTR) {
        throw NativeException.of("poll", found);
      }
      overflowed |= found == -Errno.EINTR;
      for (int i = 0; i < count && found > 0; i++) {
        add(Poll.descriptor(array, i), Poll.returned(array, i), ready);
      }
    } finally {
      Memory.free(array);
    }
  }

  @Override
  public boolean isEdgeTriggered() {
    return true;
  }

  @Override
  public void wakeup() {
    if (threadId == 0) {
      // Before the first wait there is no thread to signal yet: that wait will not be one.
      wokenEarly = true;
    }
    int target = threadId;
    if (target != 0 && Processes.killThread(pid, target, WAKEUP) == -Errno.EAGAIN) {
      // The queue of signals is full: a plain signal always finds room, and there is work to do.
      Processes.killThread(pid, target, Signals.SIGIO);
    }
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
    Memory.free(set);
    Memory.free(info);
  }
}
