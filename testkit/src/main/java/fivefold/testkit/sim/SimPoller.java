package fivefold.testkit.sim;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Waiting is where the simulated world goes on: events happen one after the other until something
 * is ready, or the time is over.
 */
final class SimPoller implements Poller {
  private final SimNetwork network;
  private final boolean edgeTriggered;
  private final Runnable whenQuiet;
  private final Registrations registrations = new Registrations();
  private final Semaphore wakeups = new Semaphore(0);

  /**
   * A poller of this network.
   *
   * @param whenQuiet told when nothing will ever happen any more by itself
   */
  SimPoller(SimNetwork network, boolean edgeTriggered, Runnable whenQuiet) {
    this.network = network;
    this.edgeTriggered = edgeTriggered;
    this.whenQuiet = whenQuiet;
  }

  @Override
  public Registration register(int descriptor, int interest, Object attachment) {
    network.lookAnew(descriptor);
    return registrations.add(descriptor, interest, attachment);
  }

  @Override
  public void modify(Registration registration, int interest) {
    registration.setInterest(interest);
    // epoll_ctl(2): modifying reports anew what is ready.
    network.lookAnew(registration.descriptor());
  }

  @Override
  public void unregister(Registration registration) {
    registrations.remove(registration.descriptor());
  }

  @Override
  public int poll(long timeoutNanos, ReadyList ready) {
    ready.clear();
    SimClock clock = network.clock();
    long deadlineNanos = timeoutNanos < 0 ? Long.MAX_VALUE : clock.nowNanos() + timeoutNanos;
    while (true) {
      if (wakeups.tryAcquire()) {
        wakeups.drainPermits();
        find(ready);
        return ready.size();
      }
      find(ready);
      if (ready.size() > 0) {
        return ready.size();
      }
      if (clock.happensBy(deadlineNanos)) {
        continue;
      }
      if (timeoutNanos >= 0) {
        clock.leapTo(deadlineNanos);
        return 0;
      }
      whenQuiet.run();
      wakeups.acquireUninterruptibly();
      wakeups.release();
    }
  }

  /** In random order: a kernel promises none. */
  private void find(ReadyList ready) {
    List<Registration> all = new ArrayList<>(registrations.snapshot().values());
    Collections.shuffle(all, network.random());
    for (Registration each : all) {
      int handle = each.descriptor();
      int edges = edgeTriggered ? network.takeEdges(handle) : each.interest();
      if ((edges & each.interest()) == 0 && !network.isHungUp(handle)) {
        // Also when there was an edge that nobody waited for: it is not told later (epoll(7)).
        continue;
      }
      int events =
          (network.isReadable(handle) ? Interest.READ : 0)
              | (network.isWritable(handle) ? Interest.WRITE : 0);
      int wanted = events & each.interest();
      if (network.isHungUp(handle)) {
        wanted |= Interest.HANGUP;
      }
      if (wanted != 0) {
        ready.add(each, wanted);
      }
    }
  }

  @Override
  public void wakeup() {
    wakeups.release();
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
  public boolean isEdgeTriggered() {
    return edgeTriggered;
  }

  @Override
  public void close() {}
}
