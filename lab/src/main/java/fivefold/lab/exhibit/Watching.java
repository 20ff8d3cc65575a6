package fivefold.lab.exhibit;

import fivefold.net.IoModel;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.ReadyList;
import fivefold.sys.NativeException;
import fivefold.sys.Poll;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringRing;
import java.io.IOException;
import java.util.List;

/** A way to wait for many descriptors: a poller of ours, or poll requests of a ring. */
interface Watching extends AutoCloseable {

  /** False when the mechanism cannot take it. */
  boolean addIdle(int descriptor) throws IOException;

  /** The same for those on which something will happen. */
  boolean addActive(List<Integer> descriptors) throws IOException;

  /** Waits until it was told of so many. */
  void awaitActive(int count) throws IOException;

  @Override
  void close();

  /** The mechanisms. */
  enum Kind {
    SELECT(IoModel.SELECT),
    POLL(IoModel.POLL),
    EPOLL(IoModel.EPOLL),
    IO_URING(IoModel.IO_URING);

    private final IoModel model;

    Kind(IoModel model) {
      this.model = model;
    }

    String word() {
      return model.word();
    }

    boolean isAvailable() {
      return model.availability().isAvailable();
    }

    Watching watch() throws IOException {
      return this == IO_URING ? new ByRing() : new ByPoller(model);
    }
  }

  /** Readiness, by a poller. */
  final class ByPoller implements Watching {
    private final Poller poller;
    private final ReadyList ready = new ReadyList();

    ByPoller(IoModel model) throws IOException {
      PollerFactory factory =
          PollerFactory.all().stream()
              .filter(each -> each.model() == model)
              .findFirst()
              .orElseThrow();
      poller = factory.open();
    }

    @Override
    public boolean addIdle(int descriptor) {
      try {
        poller.register(descriptor, Interest.READ, "idle");
        return true;
      } catch (IOException tooHigh) { // select, from 1024 on
        return false;
      }
    }

    @Override
    public boolean addActive(List<Integer> descriptors) {
      return descriptors.stream().allMatch(this::addIdle);
    }

    @Override
    public void awaitActive(int count) throws IOException {
      int found = 0;
      while (found < count) {
        found += poller.poll(-1, ready);
      }
    }

    @Override
    public void close() {
      poller.close();
    }
  }

  /** Completions of multishot poll requests: armed once, told of each time. */
  final class ByRing implements Watching {
    private static final int ENTRIES = 256;
    private static final int COMPLETIONS = 4096;

    private final UringRing ring;

    ByRing() throws NativeException {
      ring = UringRing.open(ENTRIES, COMPLETIONS, UringRing.LOOP);
    }

    @Override
    public boolean addIdle(int descriptor) {
      if (ring.freeSqes() == 0) {
        ring.submit();
      }
      UringPrepare.pollMultishot(ring.nextSqe(), 0, descriptor, Poll.POLLIN, descriptor);
      return true;
    }

    @Override
    public boolean addActive(List<Integer> descriptors) {
      descriptors.forEach(this::addIdle);
      return true;
    }

    @Override
    public void awaitActive(int count) throws IOException {
      int found = 0;
      while (found < count) {
        int result = ring.submitAndWait(count - found);
        if (result < 0) {
          throw NativeException.of("io_uring_enter", result);
        }
        int ready = ring.ready();
        ring.advance(ready);
        found += ready;
      }
    }

    @Override
    public void close() {
      ring.close();
    }
  }
}
