package fivefold.lab.load;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import fivefold.sys.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Requests and replies by TCP or Unix sockets. This is the load's hot path: one receive and one
 * send for each event, nothing allocated.
 */
final class StreamTraffic extends Traffic {
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
    long start = dialogue.start(number);
    return new LoadConnection(
        transport.connect(plan.target(), options), start, dialogue.replies(start), plan.pipeline());
  }

  @Override
  void send(LoadConnection connection) throws IOException {
    while (connection.sent < connection.allowed) {
      ByteBuffer bytes =
          dialogue.requests(
              connection.start + connection.sent, connection.allowed - connection.sent);
      int count = transport.send(connection.handle, bytes);
      if (count > 0) {
        connection.sent += count;
      } else if (count == -Errno.EAGAIN) {
        watchRoom(connection);
        return;
      } else {
        fail(connection, "sending", -count);
        return;
      }
    }
    watch(connection, Interest.READ);
  }

  @Override
  void receive(LoadConnection connection, Pacing pacing) throws IOException {
    inbox.clear();
    int count = transport.receive(connection.handle, inbox);
    if (count > 0) {
      received(connection, pacing);
    } else if (count == 0) {
      fail(connection, "the server closed the connection");
    } else if (count != -Errno.EAGAIN) {
      fail(connection, "receiving", -count);
    }
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
    if (connection.sent < connection.allowed) {
      send(connection);
    }
  }
}
