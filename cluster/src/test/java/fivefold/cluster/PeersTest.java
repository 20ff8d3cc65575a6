package fivefold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.services.chat.Presence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final long LONG_NANOS = Duration.ofHours(1).toNanos();

  private final Peers peers = new Peers(LONG_NANOS);

  @Test
  void changesAreTakenOneAfterTheOther() {
    assertThat(peers.heard("a")).isTrue();
    assertThat(peers.heard("a")).isFalse();

    assertThat(peers.isNext("a", 1)).isTrue();
    assertThat(peers.isNext("a", 2)).isTrue();
    assertThat(peers.isBehind("a", 2)).isFalse();

    assertThat(peers.isNext("a", 4)).as("3 was missed").isFalse();
    assertThat(peers.isBehind("a", 4)).as("asks").isTrue();
    assertThat(peers.isBehind("a", 4)).as("does not ask twice at once").isFalse();
    assertThat(peers.isNext("a", 3)).as("too late").isFalse();
  }

  @Test
  void whoIsMetLaterIsAskedForAll() {
    peers.heard("a");
    assertThat(peers.isNext("a", 5)).isFalse();
    assertThat(peers.isBehind("a", 5)).isTrue();

    Presence one = new Presence("a", 1, "one", List.of("lobby"));
    Presence two = new Presence("a", 2, "two", List.of("lobby"));
    assertThat(peers.arrived(new PresenceNews.All("a", 5, true, false, List.of(one)))).isFalse();
    assertThat(peers.arrived(new PresenceNews.All("a", 5, false, true, List.of(two)))).isTrue();

    assertThat(peers.members("a")).containsExactly(one, two);
    assertThat(peers.isNext("a", 6)).isTrue();
  }

  @Test
  void whoIsSilentForALeaseIsGone() {
    Peers shortLived = new Peers(Duration.ofMillis(50).toNanos());
    shortLived.heard("a");
    Presence one = new Presence("a", 1, "one", List.of("lobby"));
    shortLived.here(one);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(shortLived.expire()).containsExactly(new Peers.Dead("a", List.of(one))));

    assertThat(shortLived.isAlive("a")).isFalse();
    assertThat(shortLived.expire()).isEmpty();
  }

  @Test
  void oneOfThemTidiesUp() {
    assertThat(peers.isFirst("b")).isTrue();
    peers.heard("c");
    assertThat(peers.isFirst("b")).isTrue();
    peers.heard("a");
    assertThat(peers.isFirst("b")).isFalse();
  }
}
