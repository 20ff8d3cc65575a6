package fivefold.net.blocking.process;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.ServerListener;
import fivefold.net.ServerStats;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** In a worker: writes the {@link Report}s. Any thread. */
final class Reporter implements ServerListener {
  private final FileOutputStream pipe;
  private final long worker;
  private volatile CloseReason reason = CloseReason.ABORTED;
  private Tally reported = Tally.NONE;

  Reporter(FileOutputStream pipe, long worker) {
    this.pipe = pipe;
    this.worker = worker;
  }

  void ready() {
    tell(Report.Kind.READY);
  }

  @Override
  public void opened(Connection connection) {
    InetSocketAddress remote = (InetSocketAddress) connection.remoteAddress();
    InetSocketAddress local = (InetSocketAddress) connection.localAddress();
    tell(
        Report.Kind.OPENED,
        connection.id(),
        remote.getAddress().getHostAddress(),
        remote.getPort(),
        local.getAddress().getHostAddress(),
        local.getPort());
  }

  @Override
  public void closed(Connection connection, CloseReason why) {
    reason = why;
  }

  @Override
  public void handlerFailed(SocketAddress peer, Throwable error) {
    StackTraceElement[] trace = error.getStackTrace();
    tell(
        Report.Kind.FAILED,
        error.toString(),
        trace.length == 0 ? "an unknown place" : trace[0].toString());
  }

  @Override
  public void warned(String message) {
    tell(Report.Kind.WARNED, message);
  }

  /** The counts so far, if there is news. */
  synchronized void counts(ServerStats stats, long waitingBytes) {
    Tally now = Tally.of(stats, waitingBytes);
    if (!now.equals(reported)) {
      reported = now;
      tell(Report.Kind.COUNTS, now.fields());
    }
  }

  /** The connection's end, after its counts. */
  void ended() {
    tell(Report.Kind.CLOSED, reason.kind(), reason.detail());
  }

  private void tell(Report.Kind kind, Object... fields) {
    try {
      pipe.write(Report.line(worker, kind, fields));
    } catch (IOException e) {
      // The server has gone, and this process goes with it: see Lifeline.
    }
  }
}
