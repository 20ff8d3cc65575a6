package fivefold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.OutboxLimits;
import fivefold.net.ServerStats;
import fivefold.net.StreamHandler;
import fivefold.testkit.sim.SimFaults;
import fivefold.testkit.sim.SimNetwork;
import fivefold.testkit.sim.SimPeer;
import fivefold.testkit.sim.SimPeer.Outcome;
import fivefold.testkit.sim.SimScript;
import fivefold.testkit.sim.Simulation;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real reactor in many worlds, each of which can be visited again by its seed. */
class SimulationTest {
  private static final SimFaults SLICES = new SimFaults(65_536, 20_000_000, 100, 0, 0, 0);
  private static final OutboxLimits ROOMY = OutboxLimits.DEFAULT.withBytes(8 << 20);

  private static SimNetwork network(long seed, SimFaults faults) {
    return network(seed, faults, 60_000, 9000);
  }

  private static SimNetwork network(long seed, SimFaults faults, int mostBytes, int largestPiece) {
    SimNetwork network = new SimNetwork(seed, faults);
    Random random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      boolean resets = random.nextInt(100) < faults.resetPercent();
      network.addPeer(
          new SimScript(
              random.nextInt(mostBytes), 1 + random.nextInt(largestPiece), 5_000_000, resets));
    }
    return network;
  }

  private static void checkEcho(long seed, SimFaults faults, boolean edgeTriggered)
      throws Exception {
    check(seed, faults, edgeTriggered, () -> Connection::send);
  }

  private static void check(
      long seed, SimFaults faults, boolean edgeTriggered, Supplier<StreamHandler> handlers)
      throws Exception {
    check(network(seed, faults), edgeTriggered, ROOMY, handlers);
  }

  private static void check(
      SimNetwork network,
      boolean edgeTriggered,
      OutboxLimits limits,
      Supplier<StreamHandler> handlers)
      throws Exception {
    Recorder recorder = new Recorder(handlers);
    ServerStats stats = Simulation.run(network, edgeTriggered, limits, recorder, recorder);
    for (SimPeer peer : network.peers()) {
      assertThat(peer.wrong()).as("%s", peer).isNull();
      assertThat(peer.outcome()).as("%s", peer).isIn(Outcome.COMPLETE, Outcome.LEFT);
    }
    recorder.assertSound();
    assertThat(recorder.failures()).isEmpty();
    assertThat(stats.open()).as("open connections").isZero();
    assertThat(network.openSockets()).as("open sockets").isZero();
    assertThat(recorder.closeReasons()).hasSize((int) stats.accepted());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyEchoIsRightOnAQuietNetwork(boolean edgeTriggered) throws Exception {
    Seeds.forEach(seed -> checkEcho(seed, SimFaults.NONE, edgeTriggered));
  }

  @Test
  void everyEchoIsRightWhereEverythingGoesWrong() throws Exception {
    Seeds.forEach(seed -> checkEcho(seed, SimFaults.MANY, false));
  }

  @Test
  void everyEchoIsRightWhereEverythingGoesWrongEdgeTriggered() throws Exception {
    Seeds.forEach(seed -> checkEcho(seed, SimFaults.MANY.withoutTryAgain(), true));
  }

  /** So many small reads that a loop must break off in the middle, and come back. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyCallMovesOnlySome(boolean edgeTriggered) throws Exception {
    Seeds.forEach(seed -> checkEcho(seed, SLICES, edgeTriggered));
  }

  /** Pauses now and then, for hours of virtual time: long enough for all of a peer to arrive. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHandlerThatPauses(boolean edgeTriggered) throws Exception {
    Seeds.forEach(seed -> {
      StreamHandler pausing = pausing(new Random(seed), 8);
      check(seed, SLICES, edgeTriggered, () -> pausing);
      StreamHandler pausingOften = pausing(new Random(seed), 2);
      check(seed, SimFaults.MANY.withoutTryAgain(), edgeTriggered, () -> pausingOften);
    });
  }

  private static StreamHandler pausing(Random random, int onceIn) {
    return (connection, data) -> {
      connection.send(data);
      perhapsPause(connection, random, onceIn);
    };
  }

  private static void perhapsPause(Connection connection, Random random, int onceIn) {
    if (random.nextInt(onceIn) == 0) {
      connection.pauseReading();
      if (random.nextBoolean()) {
        connection.resumeReading();
      } else {
        connection.schedule(
            Duration.ofMillis(random.nextInt(10_000_000)), connection::resumeReading);
      }
    }
  }

  /** Back-pressure as one writes it. */
  private static final class PausesWhileFull implements StreamHandler {
    private final Random random;

    PausesWhileFull(Random random) {
      this.random = random;
    }

    @Override
    public void onOpen(Connection connection) {
      connection.pauseReading();
      connection.schedule(Duration.ofMillis(random.nextInt(1000)), connection::resumeReading);
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      // Not a direct buffer, which would go to the socket past the outbox.
      connection.send(ByteBuffer.allocate(data.remaining()).put(data).flip());
      if (!connection.isWritable()) {
        connection.pauseReading();
      }
    }

    @Override
    public void onWritable(Connection connection) {
      connection.resumeReading();
    }
  }

  /** In buffers so large that one turn fills the outbox, empties it and has not read all yet. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHandlerThatPausesWhileTheOutboxIsFull(boolean edgeTriggered) throws Exception {
    SimFaults large = new SimFaults(400_000, 20_000_000, 0, 0, 0, 0);
    OutboxLimits limits = OutboxLimits.DEFAULT.withBytes(150_000);
    Seeds.forEach(seed -> {
      Random random = new Random(seed);
      SimNetwork network = network(seed, large, 300_000, 50_000);
      check(network, edgeTriggered, limits, () -> new PausesWhileFull(random));
    });
  }

  /** Answers at the end only: meanwhile nothing but reading keeps the loop going. */
  private static final class Collecting implements StreamHandler {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private final Random random;
    private final boolean pauses;

    Collecting(Random random, boolean pauses) {
      this.random = random;
      this.pauses = pauses;
    }

    @Override
    public void onOpen(Connection connection) {
      connection.pauseReading();
      connection.schedule(Duration.ofMillis(random.nextInt(1000)), connection::resumeReading);
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      all.writeBytes(bytes);
      if (pauses) {
        perhapsPause(connection, random, 5);
      }
    }

    @Override
    public void onEnd(Connection connection) {
      connection.send(ByteBuffer.wrap(all.toByteArray()));
      connection.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatHasArrivedIsReadThoughNothingElseHappens(boolean edgeTriggered) throws Exception {
    Seeds.forEach(seed -> {
      Random random = new Random(seed);
      check(seed, SLICES, edgeTriggered, () -> new Collecting(random, false));
      check(seed, SLICES, edgeTriggered, () -> new Collecting(random, true));
    });
  }

  @Test
  void oneSeedIsOneRun() throws Exception {
    String first = trace(7);
    assertThat(trace(7)).isEqualTo(first);
    assertThat(trace(8)).isNotEqualTo(first);
  }

  private static String trace(long seed) throws Exception {
    SimNetwork network = network(seed, SimFaults.MANY);
    Recorder recorder = new Recorder(() -> Connection::send);
    Simulation.run(network, false, ROOMY, recorder, recorder);
    return network.trace();
  }
}
