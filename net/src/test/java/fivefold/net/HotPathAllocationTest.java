package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.fixture.ThreadGarbage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loop serves requests without leaving anything for the garbage collector. */
@Timeout(120)
final class HotPathAllocationTest {
  private static final int CONNECTIONS = 16;
  private static final int REQUEST_BYTES = 64;
  private static final int WARMUP_REQUESTS = 50_000;
  private static final int REQUESTS = 200_000;

  /**
   * What is not compiled yet allocates what the compiler will remove, and on a busy machine it is
   * compiled late. Garbage that comes with every request is there in every attempt.
   */
  private static final int ATTEMPTS = 8;

  /** The loop's thread, as the handler sees it. */
  private final ThreadGarbage loopThread = new ThreadGarbage();

  @ParameterizedTest
  @EnumSource(names = {"NONBLOCKING", "SELECT", "POLL", "EPOLL", "EPOLL_ET", "NIO"})
  void servesWithoutGarbage(IoModel model) throws IOException {
    assumeTrue(model.availability().isAvailable());

    // A record of the loop's times comes ten times a second, whatever the load.
    assertThat(bytesPerRequest(model, Connection::send, ATTEMPTS)).isLessThan(1);
  }

  /** The measurement is of the right thread, and sees what there is to see. */
  @Test
  void garbageOfTheHandlerIsSeen() throws IOException {
    StreamHandler wasteful =
        (connection, data) -> {
          byte[] copy = new byte[data.remaining()];
          data.get(copy);
          connection.send(ByteBuffer.wrap(copy));
        };

    assertThat(bytesPerRequest(IoModel.NIO, wasteful, 2)).isGreaterThan(REQUEST_BYTES);
  }

  /** The fewest of some attempts. */
  private double bytesPerRequest(IoModel model, StreamHandler handler, int attempts)
      throws IOException {
    StreamHandler noted =
        new StreamHandler() {
          @Override
          public void onOpen(Connection connection) {
            loopThread.watchThisThread();
          }

          @Override
          public void onReceive(Connection connection, ByteBuffer data) throws Exception {
            handler.onReceive(connection, data);
          }
        };
    try (Server server = Server.tcp(0, () -> noted).model(model).start()) {
      List<SocketChannel> clients = new ArrayList<>();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          clients.add(SocketChannel.open(server.address()));
        }
        drive(clients, WARMUP_REQUESTS);
        double fewest = Double.MAX_VALUE;
        for (int i = 0; i < attempts && fewest >= 1; i++) {
          long before = loopThread.allocatedBytes();
          drive(clients, REQUESTS);
          fewest = Math.min(fewest, (double) (loopThread.allocatedBytes() - before) / REQUESTS);
        }
        return fewest;
      } finally {
        for (SocketChannel client : clients) {
          client.close();
        }
      }
    }
  }

  /** One request on each connection, then one reply from each, and so on. */
  private static void drive(List<SocketChannel> clients, int requests) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(REQUEST_BYTES);
    for (int sent = 0; sent < requests; sent += clients.size()) {
      for (SocketChannel client : clients) {
        client.write(buffer.clear());
      }
      for (SocketChannel client : clients) {
        buffer.clear();
        while (buffer.hasRemaining()) {
          if (client.read(buffer) < 0) {
            throw new EOFException("the server closed the connection");
          }
        }
      }
    }
  }
}
