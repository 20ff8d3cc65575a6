package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.net.fixture.Client;
import fivefold.net.fixture.Models;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class GroupTest {
  static List<IoModel> models() {
    return Models.available();
  }

  /** Joins on opening; what anyone says, all hear. */
  private record Member(Group group) implements StreamHandler {
    @Override
    public void onOpen(Connection connection) {
      group.add(connection);
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      group.broadcast(Message.copyOf(data));
    }
  }

  @Test
  void anEmptyGroupHearsNothing() {
    assertThat(new Group().broadcast(Message.of("hello"))).isZero();
    assertThat(new Group().size()).isZero();
  }

  @ParameterizedTest
  @MethodSource("models")
  void allHearTheSameAndWhoHasGoneLeaves(IoModel model) throws Exception {
    Group group = new Group();
    List<Client> clients = new ArrayList<>();
    try (Server server = Server.tcp(0, () -> new Member(group)).model(model).workers(8).start()) {
      for (int i = 0; i < 5; i++) {
        clients.add(new Client(server.port()));
      }
      await().until(() -> group.size() == 5);
      clients.getFirst().send("hello");
      for (Client each : clients) {
        assertThat(each.receive(5)).isEqualTo("hello");
      }

      clients.getLast().close();
      await().until(() -> server.stats().open() == 4);
      assertThat(group.broadcast(Message.of("again"))).isEqualTo(4);
      assertThat(group.size()).isEqualTo(4);

      Connection leaves = server.connections().getFirst();
      assertThat(group.add(leaves)).as("a member already").isFalse();
      assertThat(group.remove(leaves)).isTrue();
      assertThat(group.remove(leaves)).isFalse();
      assertThat(group.broadcast(Message.of("three"))).isEqualTo(3);
    } finally {
      for (Client each : clients) {
        each.close();
      }
    }
  }
}
