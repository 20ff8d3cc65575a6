package fivefold.lab.load;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Transport;
import fivefold.sys.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Sends requests and compares replies. This is the load's hot path: one receive and one send for
 * each event, nothing allocated.
 */
final class Traffic {
  private final Transport transport;
  private final Poller poller;
  private final Pattern pattern;
  private final Tally tally;
  private final int messageBytes;
  private final ByteBuffer inbox = ByteBuffer.allocateDirect(Pattern.SLICE_LIMIT_BYTES);

  /** Each reply sends the next request. */
  boolean flowing;

  int openConnections;

  /** Of these, the ones without their first reply. */
  int waitingConnections;

  Traffic(Transport transport, Poller poller, Pattern pattern, Tally tally, int messageBytes) {
    this.transport = transport;
    this.poller = poller;
    this.pattern = pattern;
    this.tally = tally;
    this.messageBytes = messageBytes;
  }

  /** A connection more. */
  void opened() {
    openConnections++;
    waitingConnections++;
  }

  /** Sends what is allowed, as far as the socket takes it. */
  void send(LoadConnection connection) throws IOException {
    while (connection.sent < connection.allowed) {
      ByteBuffer bytes =
          pattern.sent(connection.start + connection.sent, connection.allowed - connection.sent);
      int count = transport.send(connection.handle, bytes);
      if (count > 0) {
        connection.sent += count;
      } else if (count == -Errno.EAGAIN) {
        watch(connection, Interest.READ | Interest.WRITE);
        return;
      } else {
        fail(connection, "sending", -count);
        return;
      }
    }
    watch(connection, Interest.READ);
  }

  private void watch(LoadConnection connection, int interest) throws IOException {
    Registration registration = connection.registration;
    if (registration != null && registration.interest() != interest) {
      poller.modify(registration, interest);
    }
  }

  /** Takes what has come, compares it, and lets the next requests go. */
  void receive(LoadConnection connection) throws IOException {
    inbox.clear();
    int count = transport.receive(connection.handle, inbox);
    if (count > 0) {
      received(connection, count);
    } else if (count == 0) {
      fail(connection, "the server closed the connection");
    } else if (count != -Errno.EAGAIN) {
      fail(connection, "receiving", -count);
    }
  }

  private void received(LoadConnection connection, int count) throws IOException {
    if (connection.received + count > connection.sent
        || inbox.flip().mismatch(pattern.due(connection.start + connection.received, count)) >= 0) {
      tally.mismatches++;
    }
    connection.received += count;
    if (connection.received < connection.replyEnd) {
      return;
    }
    long nowNanos = System.nanoTime();
    int place = connection.place;
    do {
      tally.completed(connection.startNanos[place], nowNanos);
      if (connection.completed++ == 0) {
        waitingConnections--;
      }
      if (flowing) {
        connection.startNanos[place] = nowNanos;
        connection.allowed += messageBytes;
      }
      place = place + 1 == connection.startNanos.length ? 0 : place + 1;
      connection.replyEnd += messageBytes;
    } while (connection.received >= connection.replyEnd);
    connection.place = place;
    if (connection.sent < connection.allowed) {
      send(connection);
    }
  }

  /** Gives a connection up and counts it. */
  void fail(LoadConnection connection, String what) {
    tally.failed(what);
    close(connection);
  }

  void fail(LoadConnection connection, String doing, int errno) {
    fail(connection, doing + ": " + Errno.describe(errno));
  }

  /** Closes with a reset: a normal close would keep the local port for a minute (TIME_WAIT). */
  void close(LoadConnection connection) {
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
