package fivefold.net.blocking.process;

/** What a handler threw in a worker process, told by its text. */
final class WorkerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WorkerException(int pid, String what, String where) {
    // The stack would be that of whoever read the report.
    super(what + ", at " + where + ", in process " + pid, null, false, false);
  }
}
