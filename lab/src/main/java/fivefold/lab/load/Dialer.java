package fivefold.lab.load;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens the connections, a bounded number at a time.
 *
 * <p>On loopback a connect succeeds as soon as the kernel has queued it, long before the server
 * accepts it; beyond the listener's backlog the kernel drops the handshake, and the client tries
 * again only after a second (tcp(7), listen(2)). So a connection counts as open when its first
 * request has been answered, and only {@value #UNANSWERED_LIMIT} wait for that at a time.
 */
final class Dialer {
  /** Below every usual backlog; the smallest is 50, java.net's. */
  private static final int UNANSWERED_LIMIT = 32;

  private final Transport transport;
  private final Poller poller;
  private final Traffic traffic;
  private final Tally tally;
  private final LoadPlan plan;
  private final List<LoadConnection> connections;
  private int dialed;
  private boolean refused;

  Dialer(Transport transport, Poller poller, Traffic traffic, Tally tally, LoadPlan plan) {
    this.transport = transport;
    this.poller = poller;
    this.traffic = traffic;
    this.tally = tally;
    this.plan = plan;
    this.connections = new ArrayList<>(plan.connections());
  }

  List<LoadConnection> connections() {
    return connections;
  }

  SocketAddress target() {
    return plan.target();
  }

  /** Nothing is left to open, and nothing waits. */
  boolean isDone() {
    return (dialed >= plan.connections() || refused) && traffic.waitingConnections == 0;
  }

  /** All are open, and none waits. */
  boolean isComplete() {
    return dialed == plan.connections()
        && traffic.openConnections == dialed
        && traffic.waitingConnections == 0;
  }

  /** Starts as many as may be under way. */
  void dial() {
    while (dialed < plan.connections()
        && !refused
        && traffic.waitingConnections < UNANSWERED_LIMIT) {
      try {
        open();
      } catch (IOException e) {
        // Most likely refused, or no descriptor or port is left: one more would fare no better.
        tally.failed("connecting: " + e.getMessage());
        refused = true;
      }
    }
  }

  private void open() throws IOException {
    LoadConnection connection = connect();
    connection.slot = connections.size();
    connections.add(connection);
  }

  private LoadConnection connect() throws IOException {
    LoadConnection connection = traffic.open(plan, dialed, SocketOptions.forClient());
    dialed++;
    traffic.opened();
    connection.registration = poller.register(connection.handle, Interest.WRITE, connection);
    return connection;
  }

  /** Another connection takes the place of one that has left. */
  private void replace(LoadConnection gone) {
    gone.vacant = false;
    try {
      LoadConnection connection = connect();
      connection.slot = gone.slot;
      connections.set(gone.slot, connection);
    } catch (IOException e) {
      tally.failed("connecting: " + e.getMessage());
    }
  }

  /** Deals with one event of the poller. */
  void ready(LoadConnection connection, int events, Pacing pacing) throws IOException {
    if (!connection.connected) {
      connected(connection);
      return;
    }
    if ((events & (Interest.READ | Interest.HANGUP)) != 0) {
      traffic.receive(connection, pacing);
      if (connection.vacant) {
        replace(connection);
      }
    }
    if ((events & Interest.WRITE) != 0 && connection.open) {
      traffic.send(connection);
    }
  }

  /** A connection under way can be written to: it is there, or has failed. */
  private void connected(LoadConnection connection) throws IOException {
    int error = transport.pendingError(connection.handle);
    if (error != 0) {
      traffic.fail(connection, "connecting", error);
      return;
    }
    SocketAddress local = transport.localAddress(connection.handle);
    if (plan.target().equals(local)) {
      // TCP's simultaneous open: a port of the ephemeral range that nobody listens on, asked often
      // enough, is one day chosen as the local port too, and the socket talks to itself.
      traffic.fail(connection, "connected to itself: nobody listens on " + plan.target());
      return;
    }
    connection.connected = true;
    connection.localPort = local instanceof InetSocketAddress inet ? inet.getPort() : 0;
    connection.begin(traffic.requestBytes(), connection.openedNanos);
    traffic.send(connection);
  }
}
