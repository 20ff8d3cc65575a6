package fivefold.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class EchoServiceTest {
  private static final int TIMEOUT_MILLIS = 10_000;

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersInUpperCase(IoModel model) throws Exception {
    assertThat(exchange(model, "upper", "hello, größe 时间\n")).isEqualTo("HELLO, GRößE 时间\n");
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersTheSame(IoModel model) throws Exception {
    assertThat(exchange(model, "same", "hello")).isEqualTo("hello");
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersAsAMessage(IoModel model) throws Exception {
    assertThat(exchange(model, "message", "hello")).isEqualTo("Your msg is hello");
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersInUpperCaseWithASuffix(IoModel model) throws Exception {
    assertThat(exchange(model, "suffix=_SB", "hello")).isEqualTo("HELLO_SB");
  }

  /** The pattern of the tutorials' clients: send without a line end, receive once, and again. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersEachOfSeveralMessagesOnTwoConnectionsInTurn(IoModel model) throws Exception {
    try (Server server = start(model, "upper");
        Socket first = connect(server);
        Socket second = connect(server)) {
      for (String part : new String[] {"This is the message. ", "It will be sent ", "in parts."}) {
        for (Socket socket : new Socket[] {first, second}) {
          socket.getOutputStream().write(part.getBytes(UTF_8));
        }
        for (Socket socket : new Socket[] {first, second}) {
          byte[] reply = socket.getInputStream().readNBytes(part.length());
          assertThat(new String(reply, UTF_8)).isEqualTo(part.toUpperCase(java.util.Locale.ROOT));
        }
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersEveryByteOfBinaryDataAndThenEnds(IoModel model) throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(3).nextBytes(sent);
    try (Server server = start(model, "same");
        Socket socket = connect(server)) {
      Thread.ofVirtual().start(() -> sendAndEnd(socket, sent));
      assertThat(Arrays.equals(socket.getInputStream().readAllBytes(), sent)).isTrue();
    }
  }

  /** The peer sends 40 times what its outbox may hold before it reads any of it. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void keepsAPeerThatReadsLateAndLosesNothing(IoModel model) throws Exception {
    byte[] sent = new byte[40 << 20];
    Arrays.fill(sent, (byte) 'x');
    try (Server server =
            Server.tcp(0, Services.named("echo").with("reply", "same").streamHandlers())
                .model(model)
                .outbox(OutboxLimits.DEFAULT.withBytes(1 << 20))
                .start();
        Socket socket = connect(server)) {
      Thread.ofVirtual().start(() -> sendAndEnd(socket, sent));
      awaitReceivingStops(server);
      assertThat(server.stats().receivedBytes()).isLessThan(sent.length);
      assertThat(countAll(socket.getInputStream())).isEqualTo(sent.length);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersDatagrams(IoModel model) throws Exception {
    assertThat(datagram(model, "upper", "hello")).isEqualTo("HELLO");
    assertThat(datagram(model, "message", "hello")).isEqualTo("Your msg is hello");
    assertThat(datagram(model, "suffix=_SB", "hello")).isEqualTo("HELLO_SB");
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersAnEmptyDatagramWithAnEmptyOne(IoModel model) throws Exception {
    assertThat(datagram(model, "same", "")).isEmpty();
  }

  private static String exchange(IoModel model, String reply, String text) throws IOException {
    try (Server server = start(model, reply);
        Socket socket = connect(server)) {
      sendAndEnd(socket, text.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static String datagram(IoModel model, String reply, String text) throws IOException {
    Service echo = Services.named("echo").with("reply", reply);
    assumeTrue(model.servesDatagrams(), "no UDP on " + model);
    try (Server server =
            Server.udp(0, echo.datagramHandler())
                .replyBeyondBytes(echo.replyBeyondBytes())
                .model(model)
                .start();
        DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      byte[] sent = text.getBytes(UTF_8);
      InetAddress loopback = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(sent, sent.length, loopback, server.port()));
      DatagramPacket received = new DatagramPacket(new byte[1000], 1000);
      socket.receive(received);
      return new String(received.getData(), 0, received.getLength(), UTF_8);
    }
  }

  private static Server start(IoModel model, String reply) throws IOException {
    Service echo = Services.named("echo").with("reply", reply);
    return Server.tcp(0, echo.streamHandlers()).model(model).start();
  }

  private static Socket connect(Server server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static void sendAndEnd(Socket socket, byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitReceivingStops(Server server) {
    long[] before = {-1};
    await()
        .pollInterval(java.time.Duration.ofMillis(300))
        .until(() -> {
          long now = server.stats().receivedBytes();
          boolean stopped = now > 0 && now == before[0];
          before[0] = now;
          return stopped;
        });
  }

  private static long countAll(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long count = 0;
    for (int read; (read = in.read(buffer)) >= 0; ) {
      count += read;
    }
    return count;
  }
}
