package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.net.client.Client;
import fivefold.net.client.ConnectionPool;
import fivefold.net.style.Conversation;
import fivefold.net.style.DeadlineException;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Pattern;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients in both styles, of servers on every model. */
public class ClientConformance {

  private static Server echo(IoModel model) throws IOException {
    return Server.tcp(0, () -> Connection::send).model(model).start();
  }

  /** On the model itself where it has a poller; of a server on it in any case. */
  private static Client client(Server server, IoModel model) {
    Client client = Client.to("localhost", server.port());
    return switch (model) {
      case EPOLL, POLL, SELECT, NIO -> client.model(model);
      default -> client;
    };
  }

  @EveryModel
  void inStraightLines(IoModel model) throws Exception {
    try (Server server = echo(model);
        Conversation peer = client(server, model).connect()) {
      for (int i = 0; i < 100; i++) {
        peer.writeLine("number " + i);
        assertThat(peer.readLine()).isEqualTo("number " + i);
      }
      peer.shutdownOutput();
      assertThat(peer.read()).isNull();
    }
  }

  @EveryModel
  void muchInBothDirections(IoModel model) throws Exception {
    int size = 3_000_000;
    Recorder recorder =
        new Recorder(() ->
            Conversation.of(peer -> {
              for (ByteBuffer some = peer.read(); some != null; some = peer.read()) {
                peer.write(some);
              }
            }));
    try (Server server = Servers.start(model, recorder);
        Conversation peer = client(server, model).connect()) {
      int at = 0;
      Pattern pattern = new Pattern(9);
      while (at < size) {
        peer.write(pattern.bytes(at, 10_000));
        assertThat(peer.readExactly(10_000)).isEqualTo(pattern.bytes(at, 10_000));
        at += 10_000;
      }
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void byAHandler(IoModel model) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    StreamHandler handler =
        new StreamHandler() {
          @Override
          public void onOpen(Connection connection) {
            connection.send("hello");
          }

          @Override
          public void onReceive(Connection connection, ByteBuffer data) {
            answer.complete(java.nio.charset.StandardCharsets.UTF_8.decode(data).toString());
            connection.close();
          }

          @Override
          public void onClose(Connection connection, CloseReason reason) {
            closed.complete(reason);
          }
        };
    try (Server server = echo(model)) {
      Connection connection =
          client(server, model).connect(handler).get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(connection.remoteAddress()).isNotNull();
      assertThat(answer.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("hello");
      assertThat(closed.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS).kind())
          .isEqualTo(CloseReason.Kind.LOCAL_CLOSE);
    }
  }

  /** A conversation that asks another server waits, and its loop does not. */
  @EveryModel
  void insideAConversation(IoModel model) throws Exception {
    try (Server back = echo(model);
        Server front =
            Server.tcp(
                    0,
                    () ->
                        Conversation.of(peer -> {
                          try (Conversation server = client(back, model).connect()) {
                            for (String line = peer.readLine();
                                line != null;
                                line = peer.readLine()) {
                              server.writeLine("<" + line + ">");
                              peer.writeLine(String.valueOf(server.readLine()));
                            }
                          }
                        }))
                .model(model)
                .start();
        Peer first = Peer.connect(front);
        Peer second = Peer.connect(front)) {
      for (int i = 0; i < 20; i++) {
        first.send("a" + i % 10 + "\n");
        second.send("b" + i % 10 + "\n");
        assertThat(first.receiveText(5)).isEqualTo("<a" + i % 10 + ">\n");
        assertThat(second.receiveText(5)).isEqualTo("<b" + i % 10 + ">\n");
      }
    }
  }

  @EveryModel
  void aDeadlineOfTheClient(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder);
        Conversation peer = client(server, model).connect()) {
      try (var _ = peer.within(Duration.ofMillis(30))) {
        assertThatThrownBy(peer::readLine).isInstanceOf(DeadlineException.class);
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void theServersEndIsTheEndOfInput(IoModel model) throws Exception {
    try (Server server =
            Server.tcp(0, () -> Conversation.of(peer -> peer.writeLine("bye")))
                .model(model)
                .start();
        Conversation peer = client(server, model).connect()) {
      assertThat(peer.readLine()).isEqualTo("bye");
      assertThat(peer.readLine()).isNull();
    }
  }

  @EveryModel
  void nobodyListens(IoModel model) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> Client.connect("127.0.0.1", port))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot connect")
        .hasMessageContaining(String.valueOf(port));
  }

  @EveryModel
  void aPoolUsesAFewAgainAndAgain(IoModel model) throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    Recorder recorder =
        new Recorder(() ->
            Conversation.of(peer -> {
              int number = accepted.incrementAndGet();
              for (String line = peer.readLine(); line != null; line = peer.readLine()) {
                peer.writeLine(line + " by " + number);
              }
            }));
    try (Server server = Servers.recorded(model, recorder).workers(20).start();
        ConnectionPool pool = new ConnectionPool(client(server, model), 3);
        Crew crew = new Crew()) {
      Set<String> answers = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < 8; i++) {
        crew.start(() -> {
          for (int n = 0; n < 20; n++) {
            answers.add(
                pool.call(peer -> {
                  peer.writeLine("x");
                  return String.valueOf(peer.readLine());
                }));
          }
        });
      }
      crew.join();
      assertThat(answers).isSubsetOf("x by 1", "x by 2", "x by 3");
      assertThat(accepted).hasValueBetween(1, 3);
      assertThat(pool.idleCount()).isEqualTo(accepted.get());
      // What throws may have left bytes behind: not used again.
      assertThatThrownBy(() ->
              pool.call(peer -> {
                peer.writeLine("y");
                throw new IllegalStateException("on purpose");
              }))
          .hasMessage("on purpose");
      assertThat(pool.idleCount()).isEqualTo(accepted.get() - 1);
    }
    recorder.assertSound();
  }

  @EveryModel
  void aFullPoolIsWaitedForSoLong(IoModel model) throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (Server server = echo(model);
        ConnectionPool pool =
            new ConnectionPool(client(server, model), 1).waitLimit(Duration.ofMillis(50));
        Crew crew = new Crew()) {
      CountDownLatch taken = new CountDownLatch(1);
      crew.start(() ->
          pool.call(peer -> {
            taken.countDown();
            return over.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
          }));
      taken.await();
      assertThatThrownBy(() -> pool.call(peer -> "never")).isInstanceOf(DeadlineException.class);
      over.countDown();
    } finally {
      over.countDown();
    }
  }

  @EveryModel
  void aPoolMendsItselfWhenTheServerHasClosed(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        ConnectionPool pool = new ConnectionPool(client(server, model), 1)) {
      String first =
          pool.call(peer -> {
            peer.writeLine("first");
            return String.valueOf(peer.readLine());
          });
      assertThat(first).isEqualTo("first");
      recorder.first().connection().close();
      assertThat(recorder.first().awaitClose()).isNotNull();
      // Until it has heard of it, the pool may give out the one that was closed.
      Await.until("the pool has heard of it", () -> answers(pool));
      assertThat(recorder.connection(1).connection().isOpen()).isTrue();
    }
    recorder.assertSound();
  }

  private static boolean answers(ConnectionPool pool) throws Exception {
    try {
      return pool.call(peer -> {
        peer.writeLine("again");
        return "again".equals(peer.readLine());
      });
    } catch (IOException e) {
      return false;
    }
  }
}
