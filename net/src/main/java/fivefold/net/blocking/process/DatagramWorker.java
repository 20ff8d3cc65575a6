package fivefold.net.blocking.process;

import fivefold.net.blocking.AdoptedDatagrams;
import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * In a worker: answers all datagrams of the server, since a datagram is over before a process has
 * started for it. inetd(8) calls a service that gets its datagram socket so "wait".
 */
final class DatagramWorker {
  private static final long REPORT_EVERY_MILLIS = 1000;

  private final AdoptedDatagrams datagrams;
  private final Reporter reporter;
  private final Lifeline lifeline;
  private final CountDownLatch stopped = new CountDownLatch(1);

  DatagramWorker(WorkerOrder order, Reporter reporter, Lifeline lifeline, DatagramChannel channel)
      throws IOException {
    this.reporter = reporter;
    this.lifeline = lifeline;
    this.datagrams =
        new AdoptedDatagrams(
            order.datagramOptions(channel.getLocalAddress(), reporter), order.handlers(), channel);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "fivefold-stop"));
  }

  /** Until SIGTERM. */
  void serve() {
    datagrams.start();
    reporter.ready();
    try {
      while (!stopped.await(REPORT_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        reporter.counts(datagrams.stats(), 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    datagrams.close();
    reporter.counts(datagrams.stats(), 0);
    stopped.countDown();
    lifeline.close();
  }
}
