package fivefold.net.asynchronous;

import fivefold.sys.Descriptors;
import fivefold.sys.Epoll;
import fivefold.sys.Errno;
import fivefold.sys.EventFd;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Uring;
import fivefold.sys.UringFiles;
import fivefold.sys.UringRing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several rings, each with a table of direct descriptors, driven by one thread: a table may be as
 * long as RLIMIT_NOFILE, and rings may be many. The thread waits by epoll for an eventfd of each.
 */
final class TableRings implements RingWait {
  /** Enough for a turn; what is more goes in several submissions. */
  private static final int SUBMISSIONS = 512;

  private static final int COMPLETIONS = 4096;

  /** Entered again while the kernel has more for it, up to here: it posts some 20 at a time. */
  private static final int COMPLETIONS_PER_TURN = 512;

  private static final int FLAGS =
      UringRing.LOOP | Uring.IORING_SETUP_R_DISABLED | Uring.IORING_SETUP_TASKRUN_FLAG;

  private static final int EVENTS = 256;
  private static final int WAKEUP = -1;

  private final List<LoopRing> rings = new ArrayList<>();
  private final List<Integer> eventFds = new ArrayList<>();
  private final List<LoopRing> entered = new ArrayList<>();
  private final long events = Memory.allocate((long) EVENTS * Epoll.EVENT_BYTES);
  private final int epoll;
  private final int wakeup;
  private List<LoopRing> requested = new ArrayList<>();
  private List<LoopRing> entering = new ArrayList<>();
  private int current;

  TableRings(UringLoop loop, DirectTables tables) throws IOException {
    epoll = Epoll.create();
    wakeup = EventFd.create();
    try {
      NativeException.check("epoll_create1", epoll);
      NativeException.check("eventfd", wakeup);
      watch(wakeup, WAKEUP);
      for (int i = 0; i < tables.rings(); i++) {
        open(loop, tables);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void open(UringLoop loop, DirectTables tables) throws IOException {
    UringRing queues = UringRing.open(SUBMISSIONS, COMPLETIONS, FLAGS);
    try {
      int fd = queues.descriptor();
      NativeException.check(
          "a table of " + tables.entries() + " direct descriptors",
          UringFiles.register(fd, tables.entries()));
      int eventFd = EventFd.create();
      NativeException.check("eventfd", eventFd);
      eventFds.add(eventFd);
      NativeException.check("registering an eventfd", queues.registerEventFd(eventFd));
      watch(eventFd, rings.size());
      int number = rings.size();
      rings.add(
          new LoopRing(
              loop,
              queues,
              tables.buffers(queues),
              tables.entries(),
              () -> requested.add(rings.get(number))));
    } catch (IOException e) {
      queues.close();
      throw e;
    }
  }

  /** Edge-triggered: an eventfd that nobody reads stays readable, and says so once each time. */
  private void watch(int eventFd, int number) throws IOException {
    int events = number == WAKEUP ? Epoll.EPOLLIN : Epoll.EPOLLIN | Epoll.EPOLLET;
    NativeException.check(
        "epoll_ctl", Epoll.control(epoll, Epoll.CTL_ADD, eventFd, events, number));
  }

  @Override
  public void begin() {
    for (LoopRing ring : rings) {
      int enabled = ring.queues().enable();
      if (enabled < 0) {
        throw new IllegalStateException("io_uring: " + Errno.describe(-enabled));
      }
      // The first 16 get one; the others work without.
      ring.queues().registerDescriptor();
    }
  }

  @Override
  public List<LoopRing> await(long timeoutNanos) {
    entered.clear();
    List<LoopRing> first = requested;
    requested = entering;
    entering = first;
    boolean isAnythingThere = false;
    for (int i = 0; i < first.size(); i++) {
      isAnythingThere |= enter(first.get(i));
    }
    first.clear();
    boolean mayWait = !isAnythingThere && requested.isEmpty();
    int ready = waitForEvents(mayWait ? timeoutNanos : 0);
    for (int i = 0; i < ready; i++) {
      int number = (int) Epoll.data(events, i);
      if (number == WAKEUP) {
        EventFd.drain(wakeup);
      } else {
        enter(rings.get(number));
      }
    }
    return entered;
  }

  private int waitForEvents(long timeoutNanos) {
    int ready = Epoll.waitNanos(epoll, events, EVENTS, timeoutNanos);
    if (ready == -Errno.ENOSYS) {
      // Rounded up, lest the loop turn for nothing until the timer is due.
      long millis = timeoutNanos < 0 ? -1 : (timeoutNanos + 999_999) / 1_000_000;
      ready = Epoll.wait(epoll, events, EVENTS, (int) Math.min(millis, Integer.MAX_VALUE));
    }
    return ready;
  }

  /** Whether there is something to be done for it in this turn. */
  private boolean enter(LoopRing ring) {
    UringRing queues = ring.queues();
    boolean isAnyWaiting = ring.isAnyWaiting();
    queues.allowSignals(false);
    do {
      queues.forgetWork();
      ring.enter();
    } while (queues.hasWork() && queues.ready() < COMPLETIONS_PER_TURN && !ring.isBroken());
    queues.allowSignals(true);
    if (queues.hasWork() || queues.hasOverflowed()) {
      ring.comeAgain();
    }
    if (ring.isFirstOfTurn()) {
      entered.add(ring);
    }
    return isAnyWaiting || queues.ready() > 0;
  }

  /** Or closing a ring would look for each of its many requests once more. */
  @Override
  public void end() {
    for (LoopRing ring : rings) {
      UringRing queues = ring.queues();
      do {
        queues.forgetWork();
        ring.enter();
        queues.advance(queues.ready());
      } while (queues.hasWork() && !ring.isBroken());
    }
  }

  /** A ring with room in its table, which is set aside; null when all are full. */
  @Nullable LoopRing reserve() {
    for (int tried = 0; tried < rings.size(); tried++) {
      LoopRing ring = rings.get(current);
      if (((DirectSockets) ring.sockets()).reserve()) {
        return ring;
      }
      current = (current + 1) % rings.size();
    }
    return null;
  }

  @Override
  public void wake() {
    EventFd.signal(wakeup);
  }

  @Override
  public List<LoopRing> rings() {
    return rings;
  }

  @Override
  public void close() {
    rings.forEach(LoopRing::close);
    eventFds.forEach(Descriptors::close);
    if (wakeup >= 0) {
      Descriptors.close(wakeup);
    }
    if (epoll >= 0) {
      Descriptors.close(epoll);
    }
    Memory.free(events);
  }
}
