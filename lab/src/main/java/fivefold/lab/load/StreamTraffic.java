package fivefold.lab.load;

import fivefold.net.loop.Poller;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Requests and replies by TCP or Unix sockets. This is the load's hot path: one receive and one
 * send for each event, nothing allocated.
 */
class StreamTraffic extends Traffic {
  private static final String CLOSED = "the server closed the connection";

  private final Dialogue dialogue;
  private final ByteBuffer inbox = ByteBuffer.allocateDirect(Cycle.SLICE_LIMIT_BYTES);

  StreamTraffic(Transport transport, Poller poller, Dialogue dialogue, Tally tally) {
    super(transport, poller, tally);
    this.dialogue = dialogue;
  }

  @Override
  int requestBytes() {
    return dialogue.requestBytes();
  }

  @Override
  LoadConnection open(LoadPlan plan, int number, SocketOptions options) throws IOException {
    return open(plan, number, options, plan.pipeline());
  }

  final LoadConnection open(LoadPlan plan, int number, SocketOptions options, int pipeline)
      throws IOException {
    long start = dialogue.start(number);
    SocketAddress source = SourceAddresses.of(plan.target(), number);
    int handle =
        source == null
            ? transport.connect(plan.target(), options)
            : transport.connectFrom(source, plan.target(), options);
    return new LoadConnection(handle, start, dialogue.replies(start), pipeline);
  }

  @Override
  void send(LoadConnection connection) throws IOException {
    send(connection, connection.allowed);
  }

  /** Sends up to a place in the stream of what is allowed. */
  final void send(LoadConnection connection, long end) throws IOException {
    while (connection.sent < end) {
      ByteBuffer bytes = dialogue.requests(connection.place, end - connection.sent);
      int count = transport.send(connection.handle, bytes);
      if (count > 0) {
        connection.sent += count;
        connection.place = dialogue.after(connection.place, count);
      } else if (count == -Errno.EAGAIN) {
        watchRoom(connection);
        return;
      } else {
        fail(connection, "sending", -count);
        return;
      }
    }
    watch(connection, readInterest(connection));
  }

  @Override
  void receive(LoadConnection connection, Pacing pacing) throws IOException {
    receive(connection, pacing, inbox.capacity());
  }

  final void receive(LoadConnection connection, Pacing pacing, int limitBytes) throws IOException {
    inbox.clear().limit(limitBytes);
    int count = transport.receive(connection.handle, inbox);
    if (count > 0) {
      received(connection, pacing);
    } else if (count == 0) {
      ended(connection);
    } else if (count != -Errno.EAGAIN) {
      fail(connection, "receiving", -count);
    }
  }

  /** The server has closed. */
  void ended(LoadConnection connection) throws IOException {
    fail(connection, CLOSED);
  }

  private void received(LoadConnection connection, Pacing pacing) throws IOException {
    int ended = connection.replies.take(inbox.flip(), tally);
    if (ended == Replies.BROKEN) {
      fail(connection, "what came back is not of this protocol");
      return;
    }
    if (ended == 0) {
      return;
    }
    if (ended > connection.inFlight) {
      tally.mismatches++; // replies to nothing
      ended = connection.inFlight;
    }
    long nowNanos = System.nanoTime();
    for (; ended > 0; ended--) {
      answered(connection, pacing, nowNanos, nowNanos);
    }
    if (connection.sent < connection.allowed && connection.open) {
      send(connection);
    }
  }
}
