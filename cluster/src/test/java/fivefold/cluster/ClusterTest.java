package fivefold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients on different servers see of each other, through a real broker. */
@Timeout(120)
class ClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final ClusterOptions OPTIONS =
      ClusterOptions.DEFAULT.withLease(Duration.ofSeconds(2));

  @TempDir Path folder;

  @Test
  void everyRoomSpansTheServers() throws Exception {
    try (NatsServer broker = NatsServer.start(folder);
        Node one = Node.start(broker.options(), OPTIONS);
        Node two = Node.start(broker.options(), OPTIONS);
        Client ann = Client.present(one.port());
        Client bob = Client.present(two.port())) {
      await().atMost(PATIENCE).until(() -> one.chat().elsewhere().size() == 1);
      await().atMost(PATIENCE).until(() -> two.chat().elsewhere().size() == 1);

      ann.sendLine("/nick Ann").awaitLine("* you are now Ann");
      bob.awaitLine("* " + ann.address() + " is now Ann");
      bob.sendLine("/nick ann").awaitLine("! 'ann' is taken");
      bob.sendLine("/nick Bob").awaitLine("* you are now Bob");
      ann.awaitLine("* " + bob.address() + " is now Bob");

      bob.sendLine("/msg Ann only you").awaitLine("* to Ann alone: only you");
      ann.awaitLine("* from Bob, to you alone: only you");
      bob.sendLine("/msg nobody x").awaitLine("! nobody here is called nobody");

      ann.sendLine("/join java").awaitLine("* you are in #java, 1 here");
      ann.sendLine("before you came").awaitLine("before you came");
      ann.sendLine("/topic beans").awaitLine("* topic: beans");
      bob.sendLine("/join java").awaitLine("before you came");
      String joined = bob.awaitLine("* you are in #java, 2 here");
      if (!joined.endsWith("; topic: beans")) {
        bob.awaitLine("* #java: Ann sets the topic: beans"); // it was on its way from Ann's server
      }
      ann.awaitLine("* #java: Bob is here");
      bob.sendLine("here now");
      ann.awaitLine("here now");
      ann.sendLine("/who").awaitLine("* #java, 2 here: Ann, Bob");
      ann.sendLine("/search YOU CAME").awaitLine("before you came");
      bob.sendLine("/topic ducks");
      ann.awaitLine("* #java: Bob sets the topic: ducks");
      bob.sendLine("/leave java").awaitLine("* you have left #java");
      ann.awaitLine("* #java: Bob has left");

      // A name is free again when its owner gives it back.
      ann.sendLine("/nick Anna").awaitLine("* you are now Anna");
      awaitNick(bob, "Ann");

      // One that comes later has read it all.
      try (Node three = Node.start(broker.options(), OPTIONS);
          Client eve = Client.present(three.port())) {
        eve.sendLine("/join java").awaitLine("before you came");
        assertThat(eve.awaitLine("here now")).isEqualTo("here now");
        assertThat(eve.awaitLine("* you are in #java")).contains("topic: ducks");
        await().atMost(PATIENCE).until(() -> three.chat().elsewhere().size() == 2);
        eve.sendLine("/who java").awaitLine("* #java, 2 here: ");
      }
    }
  }

  private static void awaitNick(Client client, String nick) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          client.sendLine("/nick " + nick);
          String line;
          do {
            line = client.line();
          } while (!line.startsWith("* you are now " + nick) && !line.startsWith("! "));
          return line.startsWith("*");
        });
  }

  /** What it was told waits, what is more is refused, and all that was accepted comes once. */
  @Test
  void aServerWithoutTheBrokerQueuesWithinABoundAndLosesNothing() throws Exception {
    int sent = 1_000;
    try (NatsServer broker = NatsServer.start(folder);
        Node one = Node.start(broker.options(), OPTIONS.withLimitQueuedBytes(64 << 10));
        Node two = Node.start(broker.options(), OPTIONS);
        Client ann = Client.present(one.port());
        Client bob = Client.present(two.port())) {
      ann.sendLine("first").awaitLine("first");
      bob.awaitLine("first");

      broker.kill();
      ann.awaitLine("* this server is cut off from the others");
      bob.awaitLine("* this server is cut off from the others");
      for (int i = 0; i < sent; i++) {
        ann.sendLine("m" + i);
      }
      ann.sendLine("/nick Ann").sendLine("/topic");
      int refused = 0;
      String line = ann.line();
      while (!line.equals("* #lobby has no topic")) {
        if (line.equals("! not sent: too much waits for the other servers already, 64 KiB")) {
          refused++;
        } else {
          assertThat(line)
              .isEqualTo("! 'Ann' cannot be taken while this server is cut off from the others");
        }
        line = ann.line();
      }
      assertThat(refused).isBetween(1, sent - 1);

      broker.start();
      List<String> accepted = IntStream.range(0, sent - refused).mapToObj(i -> "m" + i).toList();
      for (Client each : List.of(ann, bob)) {
        List<String> heard = new ArrayList<>();
        boolean told = false;
        while (!told || heard.size() < accepted.size()) {
          String next = each.line();
          told |= next.equals("* the other servers are back");
          if (next.matches("m\\d+")) {
            heard.add(next);
          }
        }
        assertThat(heard).isEqualTo(accepted);
      }
      bob.sendLine("last");
      for (Client each : List.of(ann, bob)) {
        each.line();
        assertThat(each.line()).as("no double before it").isEqualTo("last");
      }
    }
  }

  /** Its members vanish when its lease is over, and then its names may be taken. */
  @Test
  void ofADeadServerMembersAndNamesGoWithItsLease() throws Exception {
    try (NatsServer broker = NatsServer.start(folder);
        Node one = Node.start(broker.options(), OPTIONS);
        NodeProcess two = NodeProcess.start(broker, OPTIONS.lease().toMillis());
        Client ann = Client.present(one.port());
        Client bob = Client.present(two.port())) {
      await().atMost(PATIENCE).until(() -> one.chat().elsewhere().size() == 1);
      bob.sendLine("/nick Bob").awaitLine("* you are now Bob");
      ann.awaitLine("* " + bob.address() + " is now Bob");
      ann.sendLine("/nick Bob").awaitLine("! 'Bob' is taken");
      two.kill();
      ann.awaitLine("* Bob has left");
      ann.sendLine("/who").awaitLine("* #lobby, 1 here: ");
      awaitNick(ann, "Bob");
    }
  }

  @Test
  void saysWhatToDoWithoutABroker() {
    assertThatThrownBy(
            () -> Cluster.connect(BrokerOptions.at(List.of("nats://127.0.0.1:1")), OPTIONS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "the broker at nats://127.0.0.1:1 cannot be reached; start nats-server there, or leave"
                + " out --cluster");
  }
}
