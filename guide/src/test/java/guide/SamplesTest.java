package guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.metrics.PrometheusPage;
import fivefold.net.Connection;
import fivefold.net.Group;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import fivefold.net.UnixSockets;
import fivefold.net.client.ConnectionPool;
import fivefold.net.framing.Framing;
import fivefold.net.style.Conversation;
import fivefold.net.tls.TlsIdentity;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import fivefold.testkit.Await;
import fivefold.testkit.CodecContract;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.TlsPeer;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SamplesTest {

  @EveryModel
  void talk(IoModel model, @TempDir Path folder) throws Exception {
    Talk talk = Talk.open(folder.resolve("chat.mv"));
    try (var _ = talk.chat();
        Server server = talk.start(0, model);
        Peer peer = Peer.connect(server)) {
      peer.send("hello\n").halfClose();
      assertThat(peer.receiveTextToEnd()).endsWith(peer.address().getPort() + "\nhello\n");
    }
  }

  @EveryModel
  void meeting(IoModel model) throws Exception {
    Meeting meeting = new Meeting(Chat.open(ChatOptions.DEFAULT));
    try (var _ = meeting.chat();
        Server server = meeting.start(0, model);
        Peer browser = Peer.connect(server)) {
      browser.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(browser.receiveTextToEnd()).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @EveryModel
  void firstEcho(IoModel model) throws Exception {
    try (Server server = FirstEcho.start(0, model);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("hello")).isTrue();
    }
  }

  @EveryModel
  void local(IoModel model, @TempDir Path directory) throws Exception {
    Assumptions.assumeTrue(model.unixSockets() != UnixSockets.NONE, model + " has none");
    try (Server server = Local.start(directory.resolve("s"), model);
        SocketChannel peer = SocketChannel.open(server.address())) {
      ByteBuffer text = ByteBuffer.allocate(64);
      while (text.position() == 0 || text.get(text.position() - 1) != '\n') {
        assertThat(peer.read(text)).isPositive();
      }
      assertThat(StandardCharsets.US_ASCII.decode(text.flip()).toString())
          .matches(model.unixSockets() == UnixSockets.FILES ? "user not told\n" : "user [0-9]+\n");
    }
  }

  @EveryModel
  void shelf(IoModel model, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("poem.txt"), "roses are red");
    try (Server server = Shelf.start(folder, model);
        Peer peer = Peer.connect(server)) {
      peer.send("poem.txt\n../poem.txt\nnone\npoem.txt\n");
      assertThat(peer.receiveText(58))
          .isEqualTo("13\nroses are red" + "no such file\n".repeat(2) + "13\nroses are red");
    }
    List<String> told = new CopyOnWriteArrayList<>();
    try (Server server =
            Server.tcp(0, () -> (peer, data) -> peer.send(Shelf.metered(file, told::add)))
                .model(model)
                .start();
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(peer.receiveText(13)).isEqualTo("roses are red");
      Await.until("it is told", () -> told.equals(List.of("13 of 13")));
    }
  }

  @Test
  void chooseModel() {
    assertThat(IoModel.all())
        .allSatisfy(
            model -> assertThat(ChooseModel.describe(model)).startsWith(model.word() + ": "));
  }

  @EveryModel
  void session(IoModel model) throws Exception {
    try (Server server = Server.tcp(0, Session::new).model(model).start();
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveText(8)).isEqualTo("welcome\n");
      peer.send("hello");
      peer.halfClose();
      assertThat(peer.receiveTextToEnd()).isEqualTo("received 5 bytes\n");
    }
  }

  @EveryModel
  void slowLookup(IoModel model) throws Exception {
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        Server server =
            Server.tcp(
                    0,
                    () ->
                        Framing.lines(100, new SlowLookup(workers, question -> "42: " + question)))
                .model(model)
                .start();
        Peer peer = Peer.connect(server)) {
      peer.send("one\ntwo\nthree\n");
      assertThat(peer.receiveText(24)).isEqualTo("42: one\n42: two\n42: three\n".substring(0, 24));
    }
  }

  @Test
  void shouter() throws Exception {
    try (Server server = Shouter.start(0);
        Peer peer = Peer.connect(server)) {
      peer.send("he");
      peer.send("llo\nworld\n");
      assertThat(peer.receiveText(12)).isEqualTo("HELLO\nWORLD\n");
    }
  }

  @EveryModel
  void reverser(IoModel model) throws Exception {
    try (Server server =
            Server.tcp(0, () -> Reverser.CODEC.handler(new Reverser())).model(model).start();
        Peer peer = Peer.connect(server)) {
      peer.send("\0\3abc\0\2de");
      assertThat(peer.receiveText(9)).isEqualTo("\0\3cba\0\2ed");
    }
  }

  @Test
  void theReversersCodecKeepsTheContract() throws Exception {
    CodecContract.check(
        Reverser.CODEC, List.of("hello".getBytes(StandardCharsets.UTF_8), new byte[0]));
  }

  @EveryModel
  void countdown(IoModel model) throws Exception {
    try (Server server = Server.tcp(0, Countdown::new).model(model).start();
        Peer peer = Peer.connect(server)) {
      String all = peer.receiveTextToEnd();
      assertThat(all.lines().count()).isEqualTo(1_000_000);
      assertThat(all).startsWith("1000000\n999999\n").endsWith("\n2\n1\n");
    }
  }

  @EveryModel
  void polite(IoModel model) throws Exception {
    try (Server server =
            Server.tcp(0, Polite::new)
                .model(model)
                .outbox(OutboxLimits.DEFAULT.withBytes(100_000))
                .start();
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("x".repeat(60_000))).isTrue();
    }
  }

  @Test
  void clock() throws Exception {
    try (Server server = Clock.start(0, IoModel.VIRTUAL);
        DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(10_000);
      socket.send(new DatagramPacket(new byte[1], 1, server.address()));
      DatagramPacket reply = new DatagramPacket(new byte[100], 100);
      socket.receive(reply);
      assertThat(new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8))
          .matches("\\d\\d:\\d\\d:\\d\\d.*");
    }
  }

  @Test
  void sensors() throws Exception {
    assumeTrue(IoModel.EPOLL.availability().isAvailable());
    AtomicLong delay = new AtomicLong(Long.MIN_VALUE);
    try (DatagramSocket gateway = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Server server =
            Sensors.start(0, (InetSocketAddress) gateway.getLocalSocketAddress(), delay::set)) {
      gateway.setSoTimeout(10_000);
      gateway.send(new DatagramPacket(new byte[5], 5, server.address()));
      DatagramPacket reply = new DatagramPacket(new byte[100], 100);
      gateway.receive(reply);
      assertThat(reply.getLength()).isEqualTo(5);
      assertThat(delay.get()).isBetween(TimeUnit.SECONDS.toNanos(-1), TimeUnit.SECONDS.toNanos(10));
    }
  }

  @Test
  void boundedTellsItsListener() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    ServerListener listener =
        new ServerListener() {
          @Override
          public void handlerFailed(SocketAddress peer, Throwable error) {
            log.add(error.getMessage());
          }
        };
    try (Server server =
            Bounded.start(
                0,
                () ->
                    Framing.lines(
                        10,
                        (peer, line) -> {
                          throw new IllegalStateException(line.toUpperCase(Locale.ROOT));
                        }),
                listener);
        Peer peer = Peer.connect(server)) {
      peer.send("oops\n");
      assertThat(peer.receiveToEndOrReset()).isEmpty();
      Await.until("it is told", () -> log.equals(List.of("OOPS")));
    }
  }

  @Test
  void orderly() throws Exception {
    Server server = Server.tcp(0, () -> Connection::send).start();
    try (Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("x")).isTrue();
      assertThat(Orderly.stop(server).drained()).isEqualTo(1);
    }
  }

  @EveryModel
  void room(IoModel model) throws Exception {
    Group members = new Group();
    try (Server server =
            Server.tcp(0, () -> Framing.lines(100, new Room(members))).model(model).start();
        Peer one = Peer.connect(server);
        Peer two = Peer.connect(server)) {
      Await.until("both are in", () -> members.size() == 2);
      one.send("hello\n");
      assertThat(one.receiveText(6)).isEqualTo("hello\n");
      assertThat(two.receiveText(6)).isEqualTo("hello\n");
    }
  }

  @Test
  void secure(@TempDir Path folder) throws Exception {
    TlsIdentity identity = TlsIdentity.selfSigned();
    Path chain = Files.writeString(folder.resolve("cert.pem"), identity.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), identity.keyPem());
    try (Server server = Secure.start(0, IoModel.VIRTUAL, chain, key);
        TlsPeer peer = TlsPeer.connect(server, TlsPeer.context(identity, null), "TLSv1.3")) {
      assertThat(peer.receiveText(11)).isEqualTo("by TLSv1.3\n");
      assertThat(peer.echoes("hello")).isTrue();
    }
  }

  @EveryModel
  void guests(IoModel model, @TempDir Path folder) throws Exception {
    Path book = Files.createFile(folder.resolve("book"));
    try (Server server =
            Server.tcp(0, () -> Conversation.of(new Guests(book, Await.PATIENCE)))
                .model(model)
                .start();
        Peer peer = Peer.connect(server)) {
      peer.send("Ada\n");
      assertThat(peer.receiveTextToEnd()).isEqualTo("who are you?\nwelcome, Ada\n");
      assertThat(Files.readString(book)).isEqualTo("Ada\n");
    }
    try (Server server =
            Server.tcp(0, () -> Conversation.of(new Guests(book, Duration.ofMillis(20))))
                .model(model)
                .start();
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveTextToEnd()).isEqualTo("who are you?\nanother time, then\n");
    }
  }

  @EveryModel
  void asking(IoModel model) throws Exception {
    try (Server server = Server.tcp(0, () -> Connection::send).model(model).start();
        ConnectionPool pool = Asking.pool(server.port())) {
      assertThat(Asking.once(server.port(), "hello?")).isEqualTo("hello?");
      assertThat(Asking.often(pool, "and you?")).isEqualTo("and you?");
    }
  }

  @EveryModel
  void measured(IoModel model) throws Exception {
    try (PrometheusPage page = PrometheusPage.open(0);
        Server server = Measured.start(0, model, () -> Connection::send, page);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("hello")).isTrue();
      await().until(() -> page.registry().get("fivefold.received").functionCounter().count() == 5);
      URI address = URI.create("http://127.0.0.1:" + page.port() + "/metrics");
      try (InputStream text = address.toURL().openStream()) {
        assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
            .contains("fivefold_received_bytes_total{server=\"echo\"} 5.0");
      }
    }
  }
}
