package fivefold.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Echo servers by UDP: good, forgetful, doubling, disorderly and wrong. */
@Timeout(60)
class DatagramLoadTest {
  private static final int BYTES = 40;

  /** What is sent back for the n-th datagram, from 1. */
  private interface Answer {
    List<byte[]> to(int count, byte[] datagram);
  }

  private static LoadResult run(Answer answer, int connections, int pipeline) throws IOException {
    try (DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        LoadGenerator generator = new LoadGenerator()) {
      Thread.ofPlatform().daemon().start(() -> serve(server, answer));
      return generator.run(
          new LoadPlan(
              server.getLocalSocketAddress(),
              new Protocol.Datagrams(BYTES, false),
              connections,
              pipeline,
              0,
              Duration.ofMillis(20),
              Duration.ofMillis(200),
              LoadPlan.DEFAULT_PATIENCE),
          WindowObserver.NONE);
    }
  }

  private static void serve(DatagramSocket server, Answer answer) {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      for (int count = 1; ; count++) {
        packet.setLength(2048);
        server.receive(packet);
        byte[] datagram = Arrays.copyOf(packet.getData(), packet.getLength());
        for (byte[] reply : answer.to(count, datagram)) {
          server.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  @Test
  void eachComesBackAsItWas() throws IOException {
    LoadResult result = run((count, datagram) -> List.of(datagram), 4, 3);
    assertThat(result.firstFailure()).isNull();
    assertThat(result.mismatches()).isZero();
    assertThat(result.requests()).isPositive();
  }

  @Test
  void oneThatIsForgottenIsLostAndTheOthersGoOn() throws IOException {
    LoadResult result = run((count, datagram) -> count == 20 ? List.of() : List.of(datagram), 2, 4);
    assertThat(result.lost()).isPositive();
    assertThat(result.errors()).isEqualTo(result.lost());
    assertThat(result.unanswered()).isZero();
  }

  @Test
  void oneThatComesTwiceCountsOnce() throws IOException {
    LoadResult once = run((count, datagram) -> List.of(datagram, datagram), 1, 2);
    assertThat(once.mismatches()).isZero();
    assertThat(once.requests()).isPositive();
  }

  @Test
  void orderIsNotAskedFor() throws IOException {
    byte[][] held = new byte[1][];
    LoadResult result =
        run(
            (count, datagram) -> {
              byte[] earlier = held[0];
              if (count > 1 && earlier == null) {
                held[0] = datagram;
                return List.of();
              }
              held[0] = null;
              return earlier == null ? List.of(datagram) : List.of(datagram, earlier);
            },
            1,
            4);
    assertThat(result.mismatches()).isZero();
    assertThat(result.requests()).isGreaterThan(10);
  }

  @Test
  void aChangedByteOrAnotherLengthIsAMismatch() throws IOException {
    LoadResult changed =
        run(
            (count, datagram) -> {
              byte[] wrong = datagram.clone();
              wrong[BYTES - 1] ^= (byte) (count == 10 ? 1 : 0);
              return List.of(wrong);
            },
            1,
            1);
    assertThat(changed.mismatches()).isEqualTo(1);
    LoadResult shorter =
        run(
            (count, datagram) ->
                List.of(count == 10 ? Arrays.copyOf(datagram, BYTES - 1) : datagram),
            1,
            1);
    assertThat(shorter.mismatches()).isEqualTo(1);
  }

  @Test
  void numbersGoRoundAfterTwoToThePowerOf32() {
    Datagrams datagrams = new Datagrams(new Protocol.Datagrams(BYTES, false));
    for (long number : new long[] {0, 5, (1L << 32) - 1, 1L << 32, (1L << 33) + 7}) {
      for (long ahead : new long[] {1, 2, 4096}) {
        assertThat(datagrams.number(datagrams.datagram(3, number), number + ahead))
            .isEqualTo(number);
      }
    }
  }

  @Test
  void sizesThatNoDatagramHasAreRefused() {
    assertThatThrownBy(() -> new Protocol.Datagrams(7, false)).hasMessageContaining("8 to 65507");
    assertThatThrownBy(() -> new Protocol.Datagrams(65_508, false)).hasMessageContaining("65507");
  }
}
