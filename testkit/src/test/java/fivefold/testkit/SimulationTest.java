package fivefold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.OutboxLimits;
import fivefold.net.ServerStats;
import fivefold.testkit.sim.SimFaults;
import fivefold.testkit.sim.SimNetwork;
import fivefold.testkit.sim.SimPeer;
import fivefold.testkit.sim.SimPeer.Outcome;
import fivefold.testkit.sim.SimScript;
import fivefold.testkit.sim.Simulation;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real reactor in many worlds, each of which can be visited again by its seed. */
class SimulationTest {
  private static final int SEEDS = 300;
  private static final OutboxLimits ROOMY = OutboxLimits.DEFAULT.withBytes(8 << 20);

  private static SimNetwork network(long seed, SimFaults faults) {
    SimNetwork network = new SimNetwork(seed, faults);
    Random random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      boolean resets = random.nextInt(100) < faults.resetPercent();
      network.addPeer(
          new SimScript(random.nextInt(60_000), 1 + random.nextInt(9000), 5_000_000, resets));
    }
    return network;
  }

  private static void checkEcho(long seed, SimFaults faults, boolean edgeTriggered)
      throws Exception {
    SimNetwork network = network(seed, faults);
    Recorder recorder = new Recorder(() -> Connection::send);
    ServerStats stats = Simulation.run(network, edgeTriggered, ROOMY, recorder, recorder);
    for (SimPeer peer : network.peers()) {
      assertThat(peer.wrong()).as("seed %d: %s", seed, peer).isNull();
      assertThat(peer.outcome()).as("seed %d: %s", seed, peer).isIn(Outcome.COMPLETE, Outcome.LEFT);
    }
    recorder.assertSound();
    assertThat(recorder.failures()).as("seed %d", seed).isEmpty();
    assertThat(stats.open()).as("seed %d: open connections", seed).isZero();
    assertThat(network.openSockets()).as("seed %d: open sockets", seed).isZero();
    assertThat(recorder.closeReasons()).hasSize((int) stats.accepted());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyEchoIsRightOnAQuietNetwork(boolean edgeTriggered) throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      checkEcho(seed, SimFaults.NONE, edgeTriggered);
    }
  }

  @Test
  void everyEchoIsRightWhereEverythingGoesWrong() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      checkEcho(seed, SimFaults.MANY, false);
    }
  }

  @Test
  void everyEchoIsRightWhereEverythingGoesWrongEdgeTriggered() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      checkEcho(seed, SimFaults.MANY.withoutTryAgain(), true);
    }
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
