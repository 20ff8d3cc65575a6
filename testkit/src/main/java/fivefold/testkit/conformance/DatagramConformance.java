package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.DatagramHandler;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Leftovers;
import fivefold.testkit.Pattern;
import fivefold.testkit.ProcessorTime;
import fivefold.testkit.Recorder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** UDP on every model. */
public class DatagramConformance {
  /** The most UDP carries over IPv4: 65,535 less the headers of IP and UDP. */
  private static final int LARGEST_BYTES = 65_507;

  /** Which tells no more of a datagram than its bytes and its sender. */
  private static final Set<IoModel> JAVA_NIO =
      EnumSet.of(IoModel.THREAD, IoModel.POOL, IoModel.VIRTUAL, IoModel.NIO);

  private static final DatagramHandler ECHO = (peer, datagram) -> peer.reply(datagram);

  private static Server start(IoModel model, DatagramHandler handler) throws Exception {
    return Server.udp(0, handler).model(model).start();
  }

  /** A client that blocks. Loopback loses nothing as long as the queues are not full. */
  private static final class Client implements AutoCloseable {
    // Not connected: a connected one of the JDK does not send empty datagrams.
    private final DatagramSocket socket;
    private final SocketAddress server;

    Client(Server server) throws IOException {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      this.server = server.address();
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    }

    void send(byte[] bytes) throws IOException {
      socket.send(new DatagramPacket(bytes, bytes.length, server));
    }

    byte[] receive() throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[1 << 16], 1 << 16);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    String ask(String text) throws IOException {
      send(text.getBytes(StandardCharsets.UTF_8));
      return new String(receive(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  @EveryModel(datagrams = true)
  void aDatagramIsAnswered(IoModel model) throws Exception {
    try (Server server = start(model, ECHO);
        Client client = new Client(server)) {
      for (int i = 0; i < 100; i++) {
        assertThat(client.ask("number " + i)).isEqualTo("number " + i);
      }
      assertThat(server.stats().receivedDatagrams()).isEqualTo(100);
      Await.until("all are counted", () -> server.stats().sentDatagrams() == 100);
      assertThat(server.connections()).isEmpty();
    }
  }

  @EveryModel(datagrams = true)
  void everySizeIsCarried(IoModel model) throws Exception {
    try (Server server = start(model, ECHO);
        Client client = new Client(server)) {
      for (int size : new int[] {0, 1, 2, 100, 1472, 1473, 9000, 65_000, LARGEST_BYTES, 0, 5}) {
        byte[] sent = new Pattern(size).bytes(0, size);
        client.send(sent);
        assertThat(client.receive()).as("%d bytes", size).isEqualTo(sent);
      }
    }
  }

  @EveryModel(datagrams = true)
  void onlyAsMuchAsIsAllowedIsRead(IoModel model) throws Exception {
    try (Server server = Server.udp(0, ECHO).model(model).datagramLimitBytes(10).start();
        Client client = new Client(server)) {
      assertThat(client.ask("0123456789")).isEqualTo("0123456789");
      assertThat(client.ask("0123456789 and more")).isEqualTo("0123456789");
      assertThat(client.ask("next")).isEqualTo("next");
    }
  }

  @EveryModel(datagrams = true)
  void eachPeerGetsItsOwnAnswer(IoModel model) throws Exception {
    int clients = 8;
    try (Server server = start(model, ECHO);
        Crew crew = new Crew()) {
      for (int i = 0; i < clients; i++) {
        String name = "client " + i;
        crew.start(() -> {
          try (Client client = new Client(server)) {
            for (int n = 0; n < 100; n++) {
              assertThat(client.ask(name + " number " + n)).isEqualTo(name + " number " + n);
            }
          }
        });
      }
    }
  }

  @EveryModel(datagrams = true)
  void bothAddressesAreKnown(IoModel model) throws Exception {
    CompletableFuture<SocketAddress> from = new CompletableFuture<>();
    CompletableFuture<SocketAddress> to = new CompletableFuture<>();
    try (Server server =
            start(
                model,
                (peer, datagram) -> {
                  from.complete(peer.address());
                  to.complete(peer.localAddress());
                  peer.reply("seen");
                });
        Client client = new Client(server)) {
      assertThat(client.ask("x")).isEqualTo("seen");
      assertThat(from.get(1, TimeUnit.SECONDS)).isEqualTo(client.socket.getLocalSocketAddress());
      assertThat(to.get(1, TimeUnit.SECONDS)).isEqualTo(server.address());
    }
  }

  @EveryModel(datagrams = true)
  void aHandlerMayAnswerMoreThanOnceOrNotAtAll(IoModel model) throws Exception {
    DatagramHandler twice =
        (peer, datagram) -> {
          if (datagram.get(datagram.position()) == 'q') {
            return;
          }
          peer.reply("one");
          peer.reply("two");
        };
    try (Server server = Server.udp(0, twice).model(model).replyBeyondBytes(100).start();
        Client client = new Client(server)) {
      client.send(new byte[] {'q'});
      assertThat(client.ask("x")).isEqualTo("one");
      assertThat(new String(client.receive(), StandardCharsets.UTF_8)).isEqualTo("two");
    }
  }

  @EveryModel(datagrams = true)
  void anExceptionCostsOneDatagram(IoModel model) throws Exception {
    Recorder listener = Recorder.silent();
    AtomicInteger thrown = new AtomicInteger();
    DatagramHandler failing =
        (peer, datagram) -> {
          if (datagram.remaining() > 0 && datagram.get(datagram.position()) == '!') {
            if (thrown.getAndIncrement() % 2 == 0) {
              throw new IOException("thrown on purpose");
            }
            throw new AssertionError("thrown on purpose");
          }
          peer.reply(datagram);
        };
    try (Server server = Server.udp(0, failing).model(model).listener(listener).start();
        Client client = new Client(server)) {
      for (int i = 0; i < 5; i++) {
        client.send("!".getBytes(StandardCharsets.UTF_8));
        assertThat(client.ask("goes on")).isEqualTo("goes on");
      }
      Await.until("each is counted", () -> server.stats().handlerErrors() == 5);
      assertThat(listener.failures()).hasSize(5);
    }
  }

  @EveryModel(datagrams = true)
  void theHandlerMayChangeTheDatagram(IoModel model) throws Exception {
    try (Server server =
            start(
                model,
                (peer, datagram) -> {
                  for (int i = datagram.position(); i < datagram.limit(); i++) {
                    datagram.put(i, (byte) (datagram.get(i) ^ 0x20));
                  }
                  peer.reply(datagram);
                });
        Client client = new Client(server)) {
      assertThat(client.ask("upper")).isEqualTo("UPPER");
      assertThat(client.ask("again")).isEqualTo("AGAIN");
    }
  }

  /** An answer to a port nobody listens on comes back as ICMP (udp(7)): no reason to stop. */
  @EveryModel(datagrams = true)
  void aPeerThatIsGoneIsNoTrouble(IoModel model) throws Exception {
    try (Server server = start(model, ECHO);
        Client staying = new Client(server)) {
      for (int i = 0; i < 20; i++) {
        try (Client leaving = new Client(server)) {
          leaving.send(new byte[10]);
        }
        assertThat(staying.ask("still here")).isEqualTo("still here");
      }
    }
  }

  @EveryModel(datagrams = true)
  void anAnswerThatIsTooLongIsRefused(IoModel model) throws Exception {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    DatagramHandler excessive =
        (peer, datagram) -> {
          if (datagram.remaining() == 1) {
            taken.complete(peer.reply(ByteBuffer.allocate(LARGEST_BYTES + 1)));
          }
          peer.reply("next");
        };
    try (Server server = Server.udp(0, excessive).model(model).replyBeyondBytes(1 << 20).start();
        Client client = new Client(server)) {
      assertThat(client.ask("x")).isEqualTo("next");
      assertThat(taken.get(1, TimeUnit.SECONDS)).isFalse();
      Await.until("it is counted", () -> server.stats().dropped() == 1);
    }
  }

  /** A sender's address is easily forged: by default nobody is sent more than was asked. */
  @EveryModel(datagrams = true)
  void aReplyDoesNotExceedWhatItAnswers(IoModel model) throws Exception {
    DatagramHandler talkative =
        (peer, datagram) -> {
          int size = datagram.remaining();
          if (peer.reply(ByteBuffer.allocate(Math.max(18, size) + 1))) {
            peer.reply("too much was taken");
          }
          peer.reply(datagram);
          peer.reply(ByteBuffer.allocate(0));
        };
    try (Server server = start(model, talkative);
        Client client = new Client(server)) {
      assertThat(client.ask("x")).isEqualTo("x");
      String longer = "y".repeat(1000);
      assertThat(client.ask(longer)).isEqualTo(longer);
      Await.until("two of each are counted", () -> server.stats().dropped() == 4);
    }
    try (Server server = Server.udp(0, talkative).model(model).replyBeyondBytes(1).start();
        Client client = new Client(server)) {
      assertThat(client.ask("y".repeat(1000))).hasSize(1001);
    }
  }

  /** Many at once, by every size of a batch, with all that can be asked of the kernel. */
  @EveryModel(datagrams = true)
  void aBurstIsAnsweredInOrder(IoModel model) throws Exception {
    for (int batch : new int[] {1, 2, 64, 1024}) {
      for (boolean all : new boolean[] {false, true}) {
        try (Server server =
                Server.udp(0, ECHO)
                    .model(model)
                    .batch(batch)
                    .workers(1)
                    .receiveOffload(all)
                    .timestamps(all)
                    .datagramLimitBytes(100)
                    .start();
            Client client = new Client(server)) {
          for (int i = 0; i < 100; i++) {
            client.send(new Pattern(i).bytes(0, i));
          }
          for (int i = 0; i < 100; i++) {
            assertThat(client.receive()).as("%d of %d", i, batch).hasSize(i);
          }
        }
      }
    }
  }

  /** The kernel's time, where the model can have it. */
  @EveryModel(datagrams = true)
  void theTimeOfArrivalIsToldIfAsked(IoModel model) throws Exception {
    for (int batch : new int[] {1, 64}) {
      for (boolean asked : new boolean[] {false, true}) {
        AtomicLong told = new AtomicLong(-1);
        DatagramHandler noting =
            (peer, datagram) -> {
              told.set(peer.receivedEpochNanos());
              peer.reply(datagram);
            };
        try (Server server =
                Server.udp(0, noting).model(model).batch(batch).timestamps(asked).start();
            Client client = new Client(server)) {
          long before = System.currentTimeMillis();
          client.ask("x");
          if (!asked || JAVA_NIO.contains(model)) {
            assertThat(told).hasValue(0);
          } else {
            assertThat(TimeUnit.NANOSECONDS.toMillis(told.get()))
                .isBetween(before - 1000, System.currentTimeMillis() + 1000);
          }
        }
      }
    }
  }

  @EveryModel(datagrams = true)
  void aPeerIsServedAlone(IoModel model) throws Exception {
    try (DatagramSocket known = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Server server =
            Server.udp(0, ECHO)
                .model(model)
                .peer((InetSocketAddress) known.getLocalSocketAddress())
                .start()) {
      known.setSoTimeout((int) Await.PATIENCE.toMillis());
      for (int i = 0; i < 3; i++) {
        stranger.send(new DatagramPacket(new byte[2], 2, server.address()));
        known.send(new DatagramPacket(new byte[1], 1, server.address()));
        DatagramPacket answer = new DatagramPacket(new byte[9], 9);
        known.receive(answer);
        assertThat(answer.getLength()).isEqualTo(1);
      }
      assertThat(server.stats().receivedDatagrams()).isEqualTo(3);
    }
  }

  /** ICMP says that nobody is there any more, and the socket, being connected, is told. */
  @EveryModel(datagrams = true)
  void aPeerServedAloneMayGoAndComeBack(IoModel model) throws Exception {
    DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
    try (Server server = Server.udp(0, ECHO).model(model).peer(address).start()) {
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 5; i++) {
          peer.send(new DatagramPacket(new byte[10 + i], 10 + i, server.address()));
        }
        peer.close();
        int expected = 6 * round + 5;
        Await.until("all came", () -> server.stats().receivedDatagrams() >= expected);
        peer = new DatagramSocket(address);
        peer.setSoTimeout((int) Await.PATIENCE.toMillis());
        peer.send(new DatagramPacket(new byte[1], 1, server.address()));
        DatagramPacket answer = new DatagramPacket(new byte[99], 99);
        do {
          peer.receive(answer);
        } while (answer.getLength() != 1);
      }
    } finally {
      peer.close();
    }
  }

  @EveryModel(datagrams = true)
  void severalLoopsShareThePort(IoModel model) throws Exception {
    try (Server server = Server.udp(0, ECHO).model(model).loops(2).workers(3).start();
        Crew crew = new Crew()) {
      for (int i = 0; i < 6; i++) {
        String name = "client " + i;
        crew.start(() -> {
          try (Client client = new Client(server)) {
            for (int n = 0; n < 100; n++) {
              assertThat(client.ask(name)).isEqualTo(name);
            }
          }
        });
      }
    }
  }

  @EveryModel(datagrams = true)
  void itServesOnEveryKindOfAddress(IoModel model) throws Exception {
    for (String host : new String[] {"0.0.0.0", "::1", "::"}) {
      try (Server server = Server.udp(0, ECHO).host(host).model(model).start();
          DatagramSocket client = new DatagramSocket()) {
        client.setSoTimeout((int) Await.PATIENCE.toMillis());
        String target = host.equals("0.0.0.0") ? "127.0.0.1" : "::1";
        byte[] sent = host.getBytes(StandardCharsets.UTF_8);
        client.send(
            new DatagramPacket(sent, sent.length, InetAddress.getByName(target), server.port()));
        DatagramPacket answer = new DatagramPacket(new byte[100], 100);
        client.receive(answer);
        assertThat(Arrays.copyOf(answer.getData(), answer.getLength())).isEqualTo(sent);
      }
    }
  }

  @EveryModel(datagrams = true)
  void aPortInUseIsNamed(IoModel model) throws Exception {
    try (Server server = start(model, ECHO)) {
      assertThatThrownBy(() -> Server.udp(server.port(), ECHO).model(model).start().close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageContaining("in use");
    }
  }

  @EveryModel(except = IoModel.NONBLOCKING, datagrams = true)
  void waitingCostsNoProcessorTime(IoModel model) throws Exception {
    try (Server server = start(model, ECHO);
        Client client = new Client(server)) {
      assertThat(client.ask("x")).isEqualTo("x");
      ProcessorTime.awaitRest();
    }
  }

  @EveryModel(datagrams = true)
  void nothingIsLeftBehind(IoModel model) throws Exception {
    start(model, ECHO).close();
    Leftovers before = Leftovers.before();
    for (int i = 0; i < 3; i++) {
      Server server = Server.udp(0, ECHO).model(model).loops(2).start();
      try (server;
          Client client = new Client(server)) {
        assertThat(client.ask("x")).isEqualTo("x");
      }
      long startNanos = System.nanoTime();
      server.close();
      assertThat(System.nanoTime() - startNanos).isLessThan(1_000_000_000L);
      try (DatagramSocket next =
          new DatagramSocket(server.port(), InetAddress.getLoopbackAddress())) {
        assertThat(next.getLocalPort()).isEqualTo(server.port());
      }
    }
    before.awaitNone();
  }
}
