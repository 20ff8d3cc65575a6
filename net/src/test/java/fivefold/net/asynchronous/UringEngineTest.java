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
import fivefold.sys.BufferRing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a ring runs into under load, brought about by rings that are too small for it. */
@Timeout(120)
final class UringEngineTest {
  private static final int INCREMENTAL = BufferRing.IOU_PBUF_RING_INC;

  @BeforeEach
  void needsUring() {
    assumeTrue(IoModel.IO_URING.availability().isAvailable());
  }

  /** An engine that runs while the test does. */
  private static final class Running implements AutoCloseable {
    private final UringEngine engine;
    final int port;

    Running(int sendBufferBytes, StreamHandler handler, UringEngine.LoopSource loops)
        throws IOException {
      engine = new UringEngine(options(sendBufferBytes), () -> handler, loops);
      port = ((InetSocketAddress) engine.start()).getPort();
    }

    private static StreamOptions options(int sendBufferBytes) {
      return new StreamOptions(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          1,
          1,
          0,
          1024,
          true,
          true,
          false,
          sendBufferBytes,
          0,
          10_000,
          0,
          Duration.ZERO,
          OutboxLimits.DEFAULT.withBytes(16 << 20),
          new ServerListener() {},
          null);
    }

    @Override
    public void close() {
      engine.stopAccepting();
      engine.abort();
      engine.terminate();
    }
  }

  private static UringEngine.LoopSource ring(
      int submissions, int completions, int buffers, int bufferBytes, int flags) {
    return () ->
        new UringLoop(loop ->
            new OneRing(
                loop,
                submissions,
                completions,
                uring -> ReceiveBuffers.of(uring, buffers, bufferBytes, flags)));
  }

  private static byte[] bytesOf(int client, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) ('a' + (client * 31 + i * 7 + i / 251) % 26);
    }
    return bytes;
  }

  /**
   * Eighty clients at once, each with 30,000 bytes under way. Two buffers of 4 KiB: receives end
   * with ENOBUFS. Sixteen completions: more wait in the kernel, and multishot requests that met the
   * full queue end. Four submissions: the queue is full in the middle of a turn.
   */
  @ParameterizedTest
  @CsvSource({
    "4, 16, 2, 4096, 2",
    "4, 16, 2, 4096, 0",
    "4096, 8192, 1, 512, 2",
    "2, 4, 64, 65536, 2",
    "4096, 8192, 64, 65536, 2"
  })
  void everythingArrivesThroughSmallRings(
      int submissions, int completions, int buffers, int bufferBytes, int flags) throws Exception {
    int count = 80;
    int bytes = 30_000;
    StreamHandler echo = Connection::send;
    try (var server =
        new Running(0, echo, ring(submissions, completions, buffers, bufferBytes, flags))) {
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        clients.add(new Client(server.port));
      }
      for (int i = 0; i < count; i++) {
        clients.get(i).send(bytesOf(i, bytes));
      }
      for (int i = 0; i < count; i++) {
        assertThat(clients.get(i).receive(bytes))
            .as("client %s", i)
            .isEqualTo(new String(bytesOf(i, bytes), java.nio.charset.StandardCharsets.UTF_8));
      }
      for (Client client : clients) {
        client.close();
      }
    }
  }

  /** The kernel takes a part of each send, and what follows must wait for the rest. */
  @Test
  void shortSendsStayInOrder() throws Exception {
    int messages = 40;
    int bytes = 50_000;
    StreamHandler answers =
        (connection, data) -> {
          for (int i = 0; i < messages; i++) {
            connection.send(ByteBuffer.wrap(bytesOf(i, bytes + i)));
          }
        };
    try (var server = new Running(4096, answers, ring(64, 128, 4, 4096, INCREMENTAL));
        Client slow = new Client(server.port);
        Client other = new Client(server.port)) {
      slow.send("go");
      other.send("go");
      for (Client client : List.of(slow, other)) {
        for (int i = 0; i < messages; i++) {
          assertThat(client.receive(bytes + i))
              .as("message %s", i)
              .isEqualTo(
                  new String(bytesOf(i, bytes + i), java.nio.charset.StandardCharsets.UTF_8));
        }
      }
    }
  }

  /**
   * A connection is closed while its receive is armed and its bytes still come; the number of its
   * descriptor is the next one's. What was the first one's must never reach the second.
   */
  @Test
  void closedConnectionLeavesNothingToTheNextOfItsNumber() throws Exception {
    StreamHandler handler =
        (connection, data) -> {
          if (data.get(data.position()) == '!') {
            connection.close();
          } else {
            connection.send(data);
          }
        };
    try (var server = new Running(0, handler, ring(64, 128, 4, 4096, INCREMENTAL))) {
      for (int i = 0; i < 300; i++) {
        try (Client rude = new Client(server.port)) {
          rude.send("!" + "x".repeat(i * 5));
          if (i % 3 == 0) {
            rude.reset();
          }
          try (Client next = new Client(server.port)) {
            String text = "question " + i;
            assertThat(next.ask(text)).isEqualTo(text);
          }
        }
      }
    }
  }
}
