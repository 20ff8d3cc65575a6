package fivefold.net.blocking.process;

import fivefold.net.loop.ChannelErrors;
import fivefold.sys.Errno;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * In a worker that was started ahead: accepts from the listening socket, which it shares with its
 * siblings, and serves one connection at a time. The kernel gives each connection to one of those
 * that wait in accept.
 */
final class PreforkWorker {
  private static final long PAUSE_NANOS = 100_000_000;

  private final ConnectionWorker worker;
  private final Reporter reporter;
  private final ServerSocketChannel listening;
  private volatile boolean ended;

  PreforkWorker(
      WorkerOrder order, Reporter reporter, Lifeline lifeline, ServerSocketChannel listening)
      throws IOException {
    this.reporter = reporter;
    this.listening = listening;
    this.worker =
        new ConnectionWorker(
            order, reporter, lifeline, listening.getLocalAddress(), this::stopAccepting);
  }

  void acceptAndServe() throws IOException {
    reporter.ready();
    while (!ended) {
      SocketChannel connection = accept();
      if (connection != null) {
        worker.serveNext(connection);
      }
    }
    worker.finish();
  }

  private @Nullable SocketChannel accept() {
    try {
      return listening.accept();
    } catch (IOException e) {
      switch (-ChannelErrors.errno(e)) {
        case Errno.ECONNABORTED -> {
          // The end of one connection before it was accepted.
        }
        case Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM -> {
          reporter.warned("accepting pauses: " + e.getMessage());
          LockSupport.parkNanos(PAUSE_NANOS);
        }
        // The server has shut the socket down, or this process has closed it.
        default -> ended = true;
      }
      return null;
    }
  }

  private void stopAccepting() {
    ended = true;
    try {
      listening.close();
    } catch (IOException e) {
      // It accepts nothing any more, and that is what was wanted.
    }
  }
}
