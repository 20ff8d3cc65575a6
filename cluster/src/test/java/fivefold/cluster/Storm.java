package fivefold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Talkers on three servers, and somebody who kills what they stand on. */
final class Storm implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long LEASE_MILLIS = 2_000;
  private static final int SERVERS = 3;
  private static final int TALKERS_EACH = 2;

  private final NatsServer broker;
  private final Random random;
  private final List<NodeProcess> servers = new ArrayList<>();
  private final List<Talker> talkers = new ArrayList<>();
  private int brokerKills;
  private int brokerStops;
  private int serverKills;

  Storm(Path folder, long seed) throws IOException {
    broker = NatsServer.start(folder);
    random = new Random(seed);
    List<Process> starting = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      starting.add(NodeProcess.begin(broker, LEASE_MILLIS));
    }
    for (Process each : starting) {
      servers.add(NodeProcess.await(each));
    }
    for (NodeProcess each : servers) {
      for (int i = 0; i < TALKERS_EACH; i++) {
        talkers.add(new Talker(each, talkers.size()));
      }
    }
  }

  /** Talks, kills, waits until all is quiet, and looks at what everybody has heard. */
  void run(int seconds) throws Exception {
    long beginNanos = System.nanoTime();
    talkers.forEach(Talker::start);
    long endNanos = beginNanos + seconds * 1_000_000_000L;
    killBroker();
    killServer();
    killBroker();
    while (System.nanoTime() < endNanos) {
      Thread.sleep(random.nextInt(1_000, 4_000));
      switch (random.nextInt(4)) {
        case 0 -> killServer();
        case 1 -> stopBroker();
        default -> killBroker();
      }
    }
    talkers.forEach(Talker::hush);
    List<Talker> alive = talkers.stream().filter(each -> each.server.process().isAlive()).toList();
    for (Talker each : alive) {
      each.say("end-" + each.number);
    }
    Set<String> ends = new HashSet<>(alive.stream().map(each -> "end-" + each.number).toList());
    await()
        .atMost(PATIENCE)
        .until(() -> alive.stream().allMatch(each -> each.heard().containsAll(ends)));
    check(alive, (System.nanoTime() - beginNanos) / 1_000_000);
  }

  /** The first server is never killed: who is there has heard it all. */
  private void check(List<Talker> alive, long millis) {
    List<String> all = talkers.getFirst().heard();
    assertThat(all).doesNotHaveDuplicates();
    long accepted = 0;
    for (Talker each : alive) {
      assertThat(each.refused.get()).as("refused of " + each.number).isZero();
      List<String> said = all.stream().filter(text -> text.matches(each.number + "-\\d+")).toList();
      assertThat(said).as("what " + each.number + " has said").isEqualTo(each.said());
      accepted += said.size();
    }
    long deliveries = 0;
    for (Talker each : talkers) {
      List<String> heard = each.heard();
      deliveries += heard.size();
      if (!heard.isEmpty()) {
        int from = all.indexOf(heard.getFirst());
        assertThat(from).as("where " + each.number + " begins").isNotNegative();
        assertThat(heard)
            .as("what " + each.number + " has heard")
            .isEqualTo(all.subList(from, from + heard.size()));
      }
      if (alive.contains(each)) {
        assertThat(heard.getLast()).isEqualTo(all.getLast());
      }
    }
    System.out.printf(
        "storm: %d ms; broker killed %d times, stopped %d times, servers killed %d times;"
            + " %d messages in the stream, %d of them by members still there at the end,"
            + " %d deliveries, none lost, none twice, one order%n",
        millis, brokerKills, brokerStops, serverKills, all.size(), accepted, deliveries);
  }

  private void awaitTalk() {
    int before = talkers.getFirst().heard().size();
    await().atMost(PATIENCE).until(() -> talkers.getFirst().heard().size() > before + 200);
  }

  private void killBroker() throws Exception {
    awaitTalk();
    broker.kill();
    brokerKills++;
    Thread.sleep(random.nextInt(200, 2_000));
    broker.start();
    awaitTalk();
  }

  private void stopBroker() throws Exception {
    awaitTalk();
    broker.signal("STOP");
    brokerStops++;
    Thread.sleep(random.nextInt(200, 6_000));
    broker.signal("CONT");
    awaitTalk();
  }

  /** Another one takes its place, with members of its own. */
  private void killServer() throws Exception {
    awaitTalk();
    int victim = random.nextInt(1, SERVERS);
    servers.get(victim).kill();
    serverKills++;
    NodeProcess next = NodeProcess.start(broker, LEASE_MILLIS);
    servers.set(victim, next);
    Talker talker = new Talker(next, talkers.size());
    talkers.add(talker);
    talker.start();
  }

  @Override
  public void close() throws Exception {
    for (Talker each : talkers) {
      each.close();
    }
    for (NodeProcess each : servers) {
      each.close();
    }
    broker.close();
  }
}
