package fivefold.net;

/** What a server's thread is in; see {@link Probe#stages}. */
public enum Stage {
  /** A loop waits for events: in epoll_wait(2), in io_uring_enter(2), parked. */
  WAIT,
  /** A call that reads; on a blocking model it also waits. The amount is bytes, or -errno. */
  READ,
  /** A call that writes; on a blocking model it also waits. The amount is bytes, or -errno. */
  WRITE,
  /** A call of a handler. The amount is the connection's id. */
  HANDLE,
  /** A call that accepts; on a blocking model it also waits. The amount is 0, or -errno. */
  ACCEPT,
  /** A loop runs a task that was posted to it. */
  TASK,
  /** A loop runs a timer that is due. */
  TIMER
}
