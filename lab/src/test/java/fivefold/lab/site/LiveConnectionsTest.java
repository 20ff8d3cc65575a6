package fivefold.lab.site;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.load.ConnectionSample;
import fivefold.lab.load.ConnectionState;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class LiveConnectionsTest {
  /** A listener on 9090; a request unread of port 40000; a reply unread of 40001; another's. */
  private static final List<String> TABLE =
      List.of(
          "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid",
          "   0: 0100007F:2382 00000000:0000 0A 00000000:00000007 00:00000000 00000000     0",
          "   1: 0100007F:2382 0100007F:9C40 01 00000000:00000040 00:00000000 00000000     0",
          "   2: 0100007F:2382 0100007F:9C41 01 00000000:00000000 00:00000000 00000000     0",
          "   3: 0100007F:9C41 0100007F:2382 01 00000000:00000040 00:00000000 00000000     0",
          "   4: 0100007F:9C42 0100007F:0050 01 00000000:00000040 00:00000000 00000000     0");

  @Test
  void theKernelTellsWhereARequestIs() {
    SocketQueues queues = SocketQueues.parse(TABLE, 9090);
    assertThat(queues.requests()).containsExactly(40_000);
    assertThat(queues.replies()).containsExactly(40_001);
    assertThat(SocketQueues.parse(List.of(), 9090).requests()).isEmpty();
  }

  @Test
  void countsAllAndDrawsTheFirst() {
    SocketQueues queues = new SocketQueues(Set.of(1), Set.of(2));
    List<ConnectionSample> samples =
        List.of(
            new ConnectionSample(ConnectionState.WAITING, 1, 5_000, 10),
            new ConnectionSample(ConnectionState.WAITING, 2, 7_000, 11),
            new ConnectionSample(ConnectionState.WAITING, 3, 9_000, 12),
            new ConnectionSample(ConnectionState.IDLE, 4, 0, 13),
            new ConnectionSample(ConnectionState.CLOSED, 5, 0, 14));
    JsonNode message = new ObjectMapper().readTree(ConnectionsJson.of(samples, queues));
    assertThat(message.get("doing").asString()).isEqualTo("ursix");
    assertThat(message.get("counts").get("unread").intValue()).isEqualTo(1);
    assertThat(message.get("longestMicros").get("server").intValue()).isEqualTo(9);
    assertThat(message.get("replies").get(3).intValue()).isEqualTo(13);
    assertThat(ConnectionsJson.of(samples, null)).contains("\"aaaix\"");

    String many = ConnectionsJson.of(Collections.nCopies(1_000, samples.getFirst()), queues);
    JsonNode crowd = new ObjectMapper().readTree(many);
    assertThat(crowd.get("connections").intValue()).isEqualTo(1_000);
    assertThat(crowd.get("counts").get("unread").intValue()).isEqualTo(1_000);
    assertThat(crowd.get("doing").asString()).hasSize(ConnectionsJson.DRAWN_LIMIT);
  }
}
