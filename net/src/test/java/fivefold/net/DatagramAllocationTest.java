package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.fixture.ThreadGarbage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A loop answers datagrams without leaving anything for the garbage collector. */
@Timeout(120)
final class DatagramAllocationTest {
  private static final int IN_FLIGHT = 16;
  private static final int WARMUP_DATAGRAMS = 50_000;
  private static final int DATAGRAMS = 100_000;

  /** As in {@link HotPathAllocationTest}: what comes with every datagram is in every attempt. */
  private static final int ATTEMPTS = 8;

  private final ThreadGarbage loopThread = new ThreadGarbage();

  @ParameterizedTest
  @CsvSource({
    "EPOLL, 64, false",
    "EPOLL, 64, true",
    "EPOLL, 1, false",
    "EPOLL_ET, 64, true",
    "POLL, 8, false",
    "IO_URING, 64, true"
  })
  void answersWithoutGarbage(IoModel model, int batch, boolean timestamps) throws IOException {
    assumeTrue(model.availability().isAvailable());
    AtomicLong times = new AtomicLong();
    DatagramHandler echo =
        (peer, datagram) -> {
          loopThread.watchThisThread();
          times.setPlain(peer.receivedEpochNanos());
          peer.reply(datagram);
        };
    try (Server server =
            Server.udp(0, echo)
                .model(model)
                .batch(batch)
                .timestamps(timestamps)
                .receiveOffload(timestamps)
                .start();
        DatagramChannel client = DatagramChannel.open()) {
      client.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      client.connect(server.address());
      drive(client, WARMUP_DATAGRAMS);
      double fewest = Double.MAX_VALUE;
      for (int i = 0; i < ATTEMPTS && fewest >= 1; i++) {
        long before = loopThread.allocatedBytes();
        drive(client, DATAGRAMS);
        fewest = Math.min(fewest, (double) (loopThread.allocatedBytes() - before) / DATAGRAMS);
      }
      assertThat(fewest).isLessThan(1);
      assertThat(times.get() != 0).isEqualTo(timestamps);
    }
  }

  /** So many that no queue is ever full: loopback loses none then. */
  private static void drive(DatagramChannel client, int datagrams) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    for (int sent = 0; sent < datagrams; sent += IN_FLIGHT) {
      for (int i = 0; i < IN_FLIGHT; i++) {
        client.write(buffer.clear());
      }
      for (int i = 0; i < IN_FLIGHT; i++) {
        client.read(buffer.clear());
      }
    }
  }
}
