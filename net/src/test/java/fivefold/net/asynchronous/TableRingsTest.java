package fivefold.net.asynchronous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.fixture.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several rings with tables of direct descriptors so short that a few clients fill them. */
@Timeout(120)
final class TableRingsTest {
  private static final int RINGS = 3;
  private static final int ENTRIES = 64;

  @BeforeEach
  void needsDirectDescriptors() {
    assumeTrue(IoModel.IO_URING.availability().isAvailable());
  }

  /** An engine that runs while the test does. */
  private static final class Running implements AutoCloseable {
    private final UringEngine engine;
    final int port;

    Running(String host, int limit, StreamHandler handler) throws IOException {
      engine =
          new UringEngine(
              options(host, limit),
              () -> handler,
              () -> new UringLoop(loop -> new TableRings(loop, new DirectTables(RINGS, ENTRIES))));
      port = ((InetSocketAddress) engine.start()).getPort();
    }

    private static StreamOptions options(String host, int limit) {
      return new StreamOptions(
          new InetSocketAddress(host, 0),
          1,
          1,
          0,
          1024,
          true,
          true,
          false,
          0,
          0,
          limit,
          limit,
          Duration.ZERO,
          OutboxLimits.DEFAULT,
          new ServerListener() {},
          null);
    }

    int openCount() {
      return engine.openCount();
    }

    void sendAllAway() {
      engine.stopAccepting();
      engine.drain();
    }

    @Override
    public void close() {
      engine.stopAccepting();
      engine.abort();
      engine.terminate();
    }
  }

  private static List<Client> connect(Running server, int count) throws IOException {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(new Client(server.port));
    }
    return clients;
  }

  private static void askAll(List<Client> clients, String question) throws IOException {
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).send(question + i);
    }
    for (int i = 0; i < clients.size(); i++) {
      String text = question + i;
      assertThat(clients.get(i).receive(text.length())).as("client %s", i).isEqualTo(text);
    }
  }

  private static void closeAll(List<Client> clients) throws IOException {
    for (Client client : clients) {
      client.close();
    }
  }

  @Test
  void acceptGoesFromTableToTableUntilAllAreFull() throws Exception {
    try (var server = new Running("localhost", 10_000, Connection::send)) {
      List<Client> clients = connect(server, RINGS * ENTRIES);
      askAll(clients, "question ");
      // No entry is left: this one waits in the backlog.
      Client late = new Client(server.port);
      late.send("late");
      askAll(clients, "again ");
      assertThat(server.openCount()).isEqualTo(RINGS * ENTRIES);
      clients.remove(70).close();
      assertThat(late.receive(4)).isEqualTo("late");
      closeAll(clients);
      late.close();
    }
  }

  @Test
  void noneIsLostWhileTheLoopPauses() throws Exception {
    CountDownLatch pausing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    StreamHandler handler =
        (connection, data) -> {
          if (data.get(data.position()) == '!') {
            pausing.countDown();
            boolean _ = goOn.await(60, TimeUnit.SECONDS);
          }
          connection.send(data);
        };
    try (var server = new Running("localhost", 10_000, handler)) {
      Client pauser = new Client(server.port);
      pauser.send("!");
      assertThat(pausing.await(60, TimeUnit.SECONDS)).isTrue();
      List<Client> clients = connect(server, RINGS * ENTRIES - 1);
      goOn.countDown();
      askAll(clients, "question ");
      assertThat(pauser.receive(1)).isEqualTo("!");
      closeAll(clients);
      pauser.close();
    }
  }

  /** So often that an accept that is woken for nothing is made anew. */
  @Test
  void entriesAreUsedAgainAndAgain() throws Exception {
    try (var server = new Running("localhost", 10_000, Connection::send)) {
      List<Client> held = connect(server, RINGS * ENTRIES - 2);
      askAll(held, "question ");
      for (int i = 0; i < 600; i++) {
        try (Client one = new Client(server.port);
            Client other = new Client(server.port)) {
          assertThat(one.ask("one")).isEqualTo("one");
          if (i % 3 == 0) {
            other.reset();
          } else {
            assertThat(other.ask("other")).isEqualTo("other");
          }
        }
      }
      askAll(held, "again ");
      closeAll(held);
    }
  }

  /** By shutting down what receives, in place of cancelling it. */
  @Test
  void allAreSentAwayInOrder() throws Exception {
    try (var server = new Running("localhost", 10_000, Connection::send)) {
      List<Client> clients = connect(server, RINGS * ENTRIES);
      askAll(clients, "question ");
      server.sendAllAway();
      for (Client client : clients) {
        // A reset would be an exception.
        assertThat(client.receiveAll()).isEmpty();
      }
      closeAll(clients);
    }
  }

  @Test
  void whoIsBeyondTheLimitIsRefused() throws Exception {
    try (var server = new Running("localhost", 100, Connection::send)) {
      List<Client> clients = connect(server, 100);
      askAll(clients, "question ");
      try (Client late = new Client(server.port)) {
        assertThat(late.receiveAll()).isEmpty();
      }
      closeAll(clients);
    }
  }

  @Test
  void knowsItsAddresses() throws Exception {
    BlockingQueue<Connection> opened = new LinkedBlockingQueue<>();
    BlockingQueue<SocketAddress> locals = new LinkedBlockingQueue<>();
    StreamHandler handler =
        new StreamHandler() {
          @Override
          public void onOpen(Connection connection) {
            locals.add(connection.localAddress());
            opened.add(connection);
          }

          @Override
          public void onReceive(Connection connection, ByteBuffer data) {
            connection.send(data);
          }
        };
    try (var server = new Running("0.0.0.0", 10_000, handler);
        Client client = new Client(server.port);
        Client other = new Client(server.port)) {
      assertThat(client.ask("hello")).isEqualTo("hello");
      assertThat(other.ask("hello")).isEqualTo("hello");
      SocketAddress expected = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port);
      assertThat(locals.take()).isEqualTo(expected);
      Connection first = opened.take();
      // Of another thread, for which the loop asks.
      assertThat(opened.take().localAddress()).isEqualTo(expected);
      assertThat(first.remoteAddress())
          .isEqualTo(new InetSocketAddress(InetAddress.getLoopbackAddress(), client.localPort()));
    }
  }
}
