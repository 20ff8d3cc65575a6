package fivefold.lab.exhibit;

import fivefold.sys.Descriptors;
import fivefold.sys.Epoll;
import fivefold.sys.NativeException;

/**
 * An epoll(7) set as bare as the kernel's, so that an exhibit can use it wrongly: the pollers of
 * {@code fivefold.net} know better. Any thread may arm; one waits.
 */
final class EpollSet implements AutoCloseable {
  private static final int EVENTS = 64;

  private final int epoll;
  private final Block events = Block.of(EVENTS * Epoll.EVENT_BYTES);

  EpollSet() throws NativeException {
    epoll = Epoll.create();
    if (epoll < 0) {
      events.close();
      throw NativeException.of("epoll_create1", epoll);
    }
  }

  /** Watches a descriptor for reading, with flags such as {@link Epoll#EPOLLET}. */
  void add(int descriptor, int flags) throws NativeException {
    control(Epoll.CTL_ADD, descriptor, flags);
  }

  /** Arms it again, after {@link Epoll#EPOLLONESHOT}. */
  void arm(int descriptor, int flags) throws NativeException {
    control(Epoll.CTL_MOD, descriptor, flags);
  }

  private void control(int operation, int descriptor, int flags) throws NativeException {
    int result = Epoll.control(epoll, operation, descriptor, Epoll.EPOLLIN | flags, descriptor);
    if (result < 0) {
      throw NativeException.of("epoll_ctl", result);
    }
  }

  /**
   * Waits for events.
   *
   * @return how many; 0 when the time has passed
   */
  int await(int timeoutMillis) {
    return Math.max(0, Epoll.wait(epoll, events.address(), EVENTS, timeoutMillis));
  }

  @Override
  public void close() {
    Descriptors.close(epoll);
    events.close();
  }
}
