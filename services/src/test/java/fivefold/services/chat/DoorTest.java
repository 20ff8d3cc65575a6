package fivefold.services.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import org.junit.jupiter.api.Test;

class DoorTest {
  private final Door door = new Door(2, 10);

  @Test
  void countsTheConnectionsOfAnAddress() throws Exception {
    Source one = door.enter(address("10.0.0.1", 1));
    assertThat(door.enter(address("10.0.0.1", 2))).isSameAs(one);
    assertThatThrownBy(() -> door.enter(address("10.0.0.1", 3)))
        .hasMessage("too many connections from your address; at most 2");
    assertThat(door.enter(address("10.0.0.2", 1))).isNotSameAs(one);
    door.leave(one);
    assertThat(door.enter(address("10.0.0.1", 3))).isSameAs(one);
  }

  @Test
  void aNetworkOfIpv6IsOneAddress() throws Exception {
    assertThat(Door.key(InetAddress.ofLiteral("2001:db8:0:7::1"))).isEqualTo("2001:db8:0:7::/64");
    assertThat(door.enter(address("2001:db8::1", 1)))
        .isSameAs(door.enter(address("2001:db8::2", 1)));
  }

  @Test
  void peersOfThisMachineAreNotCountedTogether() throws Exception {
    UnixDomainSocketAddress nobody = UnixDomainSocketAddress.of("");
    for (int i = 0; i < 10; i++) {
      door.enter(nobody);
    }
  }

  @Test
  void keepsBannedAddressesOut() throws Exception {
    door.ban("10.0.0.1");
    assertThatThrownBy(() -> door.enter(address("10.0.0.1", 1))).hasMessage("you are banned here");
    assertThat(door.unban("10.0.0.1")).isTrue();
    assertThat(door.unban("10.0.0.1")).isFalse();
    door.enter(address("10.0.0.1", 1));
  }

  private static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }
}
