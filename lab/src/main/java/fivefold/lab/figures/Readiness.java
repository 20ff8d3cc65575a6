package fivefold.lab.figures;

import fivefold.sys.Descriptors;
import fivefold.sys.Epoll;
import fivefold.sys.Memory;
import fivefold.sys.Poll;
import fivefold.sys.Select;
import java.io.IOException;

/** A call that waits until a descriptor can be read. */
interface Readiness extends AutoCloseable {
  int PATIENCE_MILLIS = (int) (ReceivingSocket.PATIENCE_NANOS / 1_000_000);

  Doing call();

  void watch(int descriptor) throws IOException;

  /** How many are ready, 0 when its patience is at an end, or {@code -errno}. */
  int await();

  @Override
  void close();

  /** epoll_wait(2): the kernel keeps the set. */
  final class ByEpoll implements Readiness {
    private final long events = Memory.allocate(Epoll.EVENT_BYTES);
    private int epoll = -1;

    @Override
    public Doing call() {
      return Doing.EPOLL_WAIT;
    }

    @Override
    public void watch(int descriptor) throws IOException {
      epoll = ReceivingSocket.checked("epoll_create1", Epoll.create());
      ReceivingSocket.checked(
          "epoll_ctl", Epoll.control(epoll, Epoll.CTL_ADD, descriptor, Epoll.EPOLLIN, 0));
    }

    @Override
    public int await() {
      return Epoll.wait(epoll, events, 1, PATIENCE_MILLIS);
    }

    @Override
    public void close() {
      if (epoll >= 0) {
        Descriptors.close(epoll);
      }
      Memory.free(events);
    }
  }

  /** poll(2): the list goes in with each call. */
  final class ByPoll implements Readiness {
    private final long array = Memory.allocate(Poll.ENTRY_BYTES);

    @Override
    public Doing call() {
      return Doing.POLL;
    }

    @Override
    public void watch(int descriptor) {
      Poll.put(array, 0, descriptor, Poll.POLLIN);
    }

    @Override
    public int await() {
      return Poll.poll(array, 1, PATIENCE_MILLIS);
    }

    @Override
    public void close() {
      Memory.free(array);
    }
  }

  /** select(2): a set of bits goes in, and what comes out overwrites it. */
  final class BySelect implements Readiness {
    private final long set = Memory.allocate(Select.SET_BYTES);
    private int descriptor;

    @Override
    public Doing call() {
      return Doing.SELECT;
    }

    @Override
    public void watch(int watched) throws IOException {
      if (watched >= Select.FD_SETSIZE) {
        throw new IOException("select(2) knows descriptors below 1024, and this is " + watched);
      }
      descriptor = watched;
    }

    @Override
    public int await() {
      Select.clear(set);
      Select.set(set, descriptor);
      return Select.select(descriptor + 1, set, 0, 0, ReceivingSocket.PATIENCE_NANOS);
    }

    @Override
    public void close() {
      Memory.free(set);
    }
  }
}
