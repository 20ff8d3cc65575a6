package fivefold.lab.load;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.Registration;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import fivefold.sys.Errno;
import java.io.IOException;
import java.util.List;

/** Sends requests and judges replies, by streams or by datagrams. */
abstract class Traffic {
  final Transport transport;
  final Tally tally;
  private final Poller poller;

  int openConnections;

  /** Of these, the ones without their first reply. */
  int waitingConnections;

  Traffic(Transport transport, Poller poller, Tally tally) {
    this.transport = transport;
    this.poller = poller;
    this.tally = tally;
  }

  /** What one request adds to what is allowed and sent. */
  abstract int requestBytes();

  /**
   * Opens a socket to the server; it can be written to when it is connected, or has failed.
   *
   * @param number of connections before it
   */
  abstract LoadConnection open(LoadPlan plan, int number, SocketOptions options) throws IOException;

  /** Sends what is allowed, as far as the socket takes it. */
  abstract void send(LoadConnection connection) throws IOException;

  /** Takes what has come, judges it, and lets the next requests go. */
  abstract void receive(LoadConnection connection, Pacing pacing) throws IOException;

  /** Looks for what has waited too long, now and then. */
  void expire(LoadConnection connection, Pacing pacing, long nowNanos) throws IOException {
    // Streams lose nothing.
  }

  /** The load is over: what is still to come may come as fast as it can. */
  void hurry(List<LoadConnection> connections) throws IOException {
    // It does so anyway.
  }

  /** A connection more. */
  void opened() {
    openConnections++;
    waitingConnections++;
  }

  /** The oldest request in flight has been answered, perhaps some time ago. */
  final void answered(LoadConnection connection, Pacing pacing, long answeredNanos, long nowNanos) {
    int place = connection.oldest();
    long beganNanos = connection.end();
    if (tally.log != null) {
      tally.log.answered(connection.slot, place, beganNanos, answeredNanos);
    }
    count(connection, beganNanos, answeredNanos);
    if (connection.completed++ == 0) {
      waitingConnections--;
    }
    pacing.answered(connection, nowNanos);
  }

  /** Enters a request that has been answered. */
  void count(LoadConnection connection, long beganNanos, long answeredNanos) {
    tally.completed(beganNanos, answeredNanos);
  }

  /** What a connection waits for when it has nothing to send. */
  int readInterest(LoadConnection connection) {
    return Interest.READ;
  }

  final void watch(LoadConnection connection, int interest) throws IOException {
    Registration registration = connection.registration;
    if (registration != null && registration.interest() != interest) {
      poller.modify(registration, interest);
    }
  }

  /** Waits for room in the socket, too. */
  final void watchRoom(LoadConnection connection) throws IOException {
    watch(connection, readInterest(connection) | Interest.WRITE);
  }

  /** Gives a connection up and counts it. */
  final void fail(LoadConnection connection, String what) {
    tally.failed(what);
    close(connection);
  }

  final void fail(LoadConnection connection, String doing, int errno) {
    fail(connection, doing + ": " + Errno.describe(errno));
  }

  /** Closes with a reset: a normal close would keep the local port for a minute (TIME_WAIT). */
  final void close(LoadConnection connection) {
    if (!connection.open) {
      return;
    }
    connection.open = false;
    openConnections--;
    if (connection.completed == 0) {
      waitingConnections--;
    }
    if (connection.registration != null) {
      poller.unregister(connection.registration);
    }
    transport.reset(connection.handle);
  }
}
