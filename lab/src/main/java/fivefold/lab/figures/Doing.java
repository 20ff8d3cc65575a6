package fivefold.lab.figures;

/** What the traced thread is in: one of these system calls, or its own code. */
enum Doing {
  RECV("recv"),
  SELECT("select"),
  POLL("poll"),
  EPOLL_WAIT("epoll_wait"),
  SIGTIMEDWAIT("sigtimedwait"),
  IO_URING_ENTER("io_uring_enter"),
  /** Computes something that has nothing to do with the message. */
  WORK(""),
  /** Looks at each byte of the message. */
  HANDLE("");

  private final String call;

  Doing(String call) {
    this.call = call;
  }

  /** The call's name in section 2 of the manual; empty for the thread's own code. */
  String call() {
    return call;
  }

  boolean isCall() {
    return !call.isEmpty();
  }
}
