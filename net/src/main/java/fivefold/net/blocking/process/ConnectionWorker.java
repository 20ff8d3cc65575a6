package fivefold.net.blocking.process;

import fivefold.net.blocking.Adopted;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** In a worker: serves one connection after the other, and drains at SIGTERM. */
final class ConnectionWorker {
  private static final long REPORT_EVERY_MILLIS = 1000;
  private static final long REPORT_AT_END_EVERY_MILLIS = 50;

  private final Adopted adopted;
  private final Reporter reporter;
  private final Lifeline lifeline;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Runnable stopAccepting;

  /** Ready, with SIGTERM in hand: what asks it to drain finds it from here on. */
  ConnectionWorker(
      WorkerOrder order,
      Reporter reporter,
      Lifeline lifeline,
      SocketAddress local,
      Runnable stopAccepting) {
    this.adopted = new Adopted(order.options(local, reporter), order.handlers(), order.idsBefore());
    this.reporter = reporter;
    this.lifeline = lifeline;
    this.stopAccepting = stopAccepting;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "fivefold-stop"));
    Thread.ofPlatform().daemon().name("fivefold-counts").start(this::reportCounts);
  }

  /** Serves the only connection of this process. */
  void serve(SocketChannel connection) throws IOException {
    serveNext(connection);
    finish();
  }

  void serveNext(SocketChannel connection) throws IOException {
    adopted.serve(connection, connection.getRemoteAddress());
    reporter.counts(adopted.stats(), 0);
    reporter.ended();
  }

  /** Nothing comes any more: the process may end. */
  void finish() {
    finished.countDown();
  }

  /** At SIGTERM, and at the normal end, when all is finished. */
  private void stop() {
    stopAccepting.run();
    try {
      do {
        // Again, for a connection that was accepted a moment ago.
        adopted.drain();
        reporter.counts(adopted.stats(), adopted.waitingBytes());
      } while (!finished.await(REPORT_AT_END_EVERY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lifeline.close();
    }
  }

  private void reportCounts() {
    try {
      while (!finished.await(REPORT_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        reporter.counts(adopted.stats(), adopted.waitingBytes());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
