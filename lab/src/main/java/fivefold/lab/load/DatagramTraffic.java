package fivefold.lab.load;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Each request a datagram, and each reply; a "connection" is a socket of its own. What does not
 * come back in {@link #LOSS_NANOS} is lost, and counted.
 */
final class DatagramTraffic extends Traffic {
  private static final long LOSS_NANOS = 1_000_000_000;

  /** Larger than any datagram, so that one too long is seen to be. */
  private static final int INBOX_BYTES = 1 << 16;

  private final Datagrams datagrams;
  private final ByteBuffer inbox = ByteBuffer.allocateDirect(INBOX_BYTES);

  DatagramTraffic(Transport transport, Poller poller, Protocol.Datagrams protocol, Tally tally) {
    super(transport, poller, tally);
    this.datagrams = new Datagrams(protocol);
  }

  @Override
  int requestBytes() {
    return 1; // what is allowed, and what is sent, counts datagrams here
  }

  @Override
  LoadConnection open(LoadPlan plan, int number, SocketOptions options) throws IOException {
    int handle = transport.bindDatagram(any(plan.target()), options);
    try {
      transport.connectDatagram(handle, plan.target());
    } catch (IOException e) {
      transport.close(handle);
      throw e;
    }
    long start = Pattern.start(number);
    return new LoadConnection(
        handle, start, new DatagramReplies(datagrams, start, plan.pipeline()), plan.pipeline());
  }

  private static SocketAddress any(SocketAddress target) throws IOException {
    if (!(target instanceof InetSocketAddress inet)) {
      throw new IOException("datagrams go to a host and port, not to " + target);
    }
    return new InetSocketAddress(inet.getAddress() instanceof Inet6Address ? "::" : "0.0.0.0", 0);
  }

  private static DatagramReplies replies(LoadConnection connection) {
    return (DatagramReplies) connection.replies;
  }

  @Override
  void send(LoadConnection connection) throws IOException {
    DatagramReplies replies = replies(connection);
    while (connection.sent < connection.allowed) {
      int count =
          transport.send(connection.handle, datagrams.datagram(connection.start, replies.next()));
      if (count == -Errno.EAGAIN) {
        watchRoom(connection);
        return;
      }
      if (count < 0) {
        fail(connection, "sending", -count);
        return;
      }
      replies.sent(System.nanoTime());
      connection.sent++;
    }
    watch(connection, Interest.READ);
  }

  /** Takes all there is: unlike a stream's, a socket's datagrams cost a call each anyway. */
  @Override
  void receive(LoadConnection connection, Pacing pacing) throws IOException {
    while (connection.open) {
      inbox.clear();
      int count = transport.receive(connection.handle, inbox);
      if (count == -Errno.EAGAIN) {
        return;
      }
      if (count < 0) {
        fail(connection, "receiving", -count);
        return;
      }
      if (connection.replies.take(inbox.flip(), tally) > 0) {
        takeAnswered(connection, pacing);
      }
    }
  }

  private void takeAnswered(LoadConnection connection, Pacing pacing) throws IOException {
    DatagramReplies replies = replies(connection);
    while (replies.isOldestAnswered()) {
      answered(connection, pacing, replies.takeOldest(), System.nanoTime());
    }
    send(connection);
  }

  @Override
  void expire(LoadConnection connection, Pacing pacing, long nowNanos) throws IOException {
    DatagramReplies replies = replies(connection);
    while (replies.isOldestSentBefore(nowNanos - LOSS_NANOS)) {
      if (replies.isOldestAnswered()) {
        takeAnswered(connection, pacing);
        continue;
      }
      replies.takeOldest();
      connection.end();
      tally.lost++;
      if (connection.completed == 0) {
        connection.begin(1, nowNanos); // opening: it counts as open when one has come back
      } else {
        pacing.answered(connection, nowNanos);
      }
      takeAnswered(connection, pacing);
    }
  }
}
