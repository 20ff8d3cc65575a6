package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.SlowConsumerPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Everybody is sent the same, and one does not read: what becomes of the others, and of memory. */
final class SlowConsumer implements Exhibit {
  private static final int MESSAGE_BYTES = 16 << 10;
  private static final int LIMIT_BYTES = 128 << 10;
  private static final int NO_LIMIT_BYTES = 1 << 30;
  private static final int SOCKET_BUFFER_BYTES = 32 << 10;
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final long STILL_NANOS = 300_000_000;

  @Override
  public String name() {
    return "slow-consumer";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    int messages = scale.of(200, 80);
    List<Publishing> ways = new ArrayList<>();
    ways.add(inTurn(messages));
    ways.add(queued("no-limit", messages, limits(NO_LIMIT_BYTES, SlowConsumerPolicy.DISCONNECT)));
    ways.add(queued("disconnect", messages, limits(LIMIT_BYTES, SlowConsumerPolicy.DISCONNECT)));
    ways.add(queued("drop", messages, limits(LIMIT_BYTES, SlowConsumerPolicy.DROP_OLDEST)));
    return judge(messages, ways);
  }

  private static OutboxLimits limits(int bytes, SlowConsumerPolicy policy) {
    return OutboxLimits.DEFAULT.withBytes(bytes).withPolicy(policy);
  }

  private static Outcome judge(int messages, List<Publishing> ways) {
    Publishing inTurn = ways.get(0);
    Publishing noLimit = ways.get(1);
    long bounded = Math.max(ways.get(2).waitingBytes(), ways.get(3).waitingBytes());
    boolean shown =
        inTurn.received() < messages
            && ways.stream().skip(1).allMatch(way -> way.received() == messages)
            && bounded <= LIMIT_BYTES * 3 / 2
            && noLimit.waitingBytes() > 2 * bounded;
    Words numbers =
        Outcome.numbers()
            .with("messages", messages)
            .with("inTurn", inTurn.received())
            .with("unbounded", kibibytes(noLimit.waitingBytes()))
            .with("all", kibibytes((long) messages * MESSAGE_BYTES))
            .with("bounded", kibibytes(bounded))
            .with("limit", kibibytes(LIMIT_BYTES))
            .with("dropped", Amounts.count(ways.get(3).dropped()));
    List<Bar> received = new ArrayList<>();
    List<Bar> waiting = new ArrayList<>();
    for (Publishing way : ways) {
      Words label = Words.of(way.name());
      received.add(Bar.of(label, way.received(), Amounts.count(way.received())));
      waiting.add(Bar.of(label, way.waitingBytes(), kibibytes(way.waitingBytes())));
    }
    return Outcome.judged(
        shown,
        3,
        numbers,
        List.of(
            new Figure.Bars(Words.of("figure.received").with("messages", messages), received),
            new Figure.Bars(Words.of("figure.waiting"), waiting)));
  }

  private static String kibibytes(long bytes) {
    return Amounts.count(bytes >> 10) + " KiB";
  }

  /**
   * What came of it.
   *
   * @param received messages that the quick one received
   * @param waitingBytes the most that waited in this program for the slow one
   */
  private record Publishing(String name, long received, long waitingBytes, long dropped) {}

  /** A thread that writes to one after the other, and waits for each. */
  private static Publishing inTurn(int messages) throws IOException {
    try (java.net.ServerSocket listener =
        new java.net.ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      try (Socket slow = connected(listener.getLocalPort());
          Socket toSlow = accepted(listener);
          Socket quick = connected(listener.getLocalPort());
          Socket toQuick = accepted(listener);
          Reading reading = new Reading(quick);
          Feeder publisher = Feeder.now(() -> publishInTurn(messages, toSlow, toQuick))) {
        reading.awaitStandstill();
        long received = reading.messages();
        slow.close(); // ends the write that waits for it
        toSlow.close();
        toQuick.close();
        return new Publishing("in-turn", received, 0, 0);
      }
    }
  }

  private static Socket accepted(java.net.ServerSocket listener) throws IOException {
    Socket socket = listener.accept();
    socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
    return socket;
  }

  private static void publishInTurn(int messages, Socket... consumers) {
    byte[] message = new byte[MESSAGE_BYTES];
    try {
      for (int i = 0; i < messages; i++) {
        for (Socket consumer : consumers) {
          consumer.getOutputStream().write(message);
        }
      }
    } catch (IOException ended) {
      // the exhibit has seen enough
    }
  }

  /** Our own server: what the kernel does not take waits in the connection's outbox. */
  private static Publishing queued(String name, int messages, OutboxLimits limits)
      throws IOException {
    try (Server server =
            Server.tcp(0, () -> (connection, data) -> {})
                .model(IoModel.EPOLL)
                .sendBufferBytes(SOCKET_BUFFER_BYTES)
                .outbox(limits)
                .listener(new Quiet())
                .start();
        Socket slow = connected(server.port());
        Socket quick = connected(server.port());
        Reading reading = new Reading(quick)) {
      while (server.connections().size() < 2) {
        Feeder.rest(1_000_000);
      }
      List<Connection> consumers = server.connections();
      Connection toSlow = with(consumers, slow);
      long most = 0;
      for (int i = 1; i <= messages; i++) {
        for (Connection consumer : consumers) {
          consumer.send(ByteBuffer.allocate(MESSAGE_BYTES));
        }
        reading.await(i);
        most = Math.max(most, toSlow.outboxBytes());
      }
      Publishing done = new Publishing(name, reading.messages(), most, server.stats().dropped());
      server.stop(java.time.Duration.ZERO);
      return done;
    }
  }

  private static Connection with(List<Connection> connections, Socket peer) throws IOException {
    return connections.stream()
        .filter(connection -> connection.remoteAddress().equals(peer.getLocalSocketAddress()))
        .findFirst()
        .orElseThrow(() -> new IOException("a client's connection is gone"));
  }

  private static Socket connected(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES); // before connecting, tcp(7)
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return socket;
  }

  /** A consumer that reads as fast as it can. */
  private static final class Reading implements AutoCloseable {
    private final AtomicLong bytes = new AtomicLong();
    private final Socket socket;
    private final Feeder reader;

    Reading(Socket socket) {
      this.socket = socket;
      this.reader = Feeder.now(this::read);
    }

    private void read() {
      byte[] buffer = new byte[MESSAGE_BYTES];
      try {
        for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
          bytes.addAndGet(n);
        }
      } catch (IOException ended) {
        // closed by whoever has seen enough
      }
    }

    long messages() {
      return bytes.get() / MESSAGE_BYTES;
    }

    /** Waits until so many have come, or for as long as patience lasts. */
    void await(long count) {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (messages() < count && System.nanoTime() - end < 0) {
        Feeder.rest(100_000);
      }
    }

    /** Waits until nothing has come for a while. */
    void awaitStandstill() {
      long seen = -1;
      while (bytes.get() != seen) {
        seen = bytes.get();
        Feeder.rest(STILL_NANOS);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
      reader.close();
    }
  }
}
