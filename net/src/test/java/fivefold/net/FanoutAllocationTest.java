package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.fixture.ThreadGarbage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A delivery to a member of a group that reads makes no garbage on its loop. */
@Timeout(120)
final class FanoutAllocationTest {
  private static final int MEMBERS = 32;
  private static final int WARMUP_MESSAGES = 2_000;
  private static final int MESSAGES = 2_000;
  private static final int ATTEMPTS = 8;
  private static final Message MESSAGE = Message.of("m".repeat(100));

  private final ThreadGarbage loopThread = new ThreadGarbage();

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "IO_URING"})
  void deliversWithoutGarbage(IoModel model) throws IOException {
    assumeTrue(model.availability().isAvailable());
    Group group = new Group();
    StreamHandler joining =
        new StreamHandler() {
          @Override
          public void onOpen(Connection connection) {
            loopThread.watchThisThread();
            group.add(connection);
          }

          @Override
          public void onReceive(Connection connection, ByteBuffer data) {}
        };
    List<SocketChannel> clients = new ArrayList<>();
    try (Server server = Server.tcp(0, () -> joining).model(model).start()) {
      for (int i = 0; i < MEMBERS; i++) {
        clients.add(SocketChannel.open(server.address()));
      }
      await().until(() -> group.size() == MEMBERS);
      broadcast(group, clients, WARMUP_MESSAGES);
      double fewest = Double.MAX_VALUE;
      for (int i = 0; i < ATTEMPTS && fewest >= 1; i++) {
        long before = loopThread.allocatedBytes();
        broadcast(group, clients, MESSAGES);
        double bytes = loopThread.allocatedBytes() - before;
        fewest = Math.min(fewest, bytes / (MESSAGES * MEMBERS));
      }
      assertThat(fewest).as("bytes for each delivery").isLessThan(1);
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  private static void broadcast(Group group, List<SocketChannel> clients, int messages)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE.size());
    for (int i = 0; i < messages; i++) {
      group.broadcast(MESSAGE);
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
