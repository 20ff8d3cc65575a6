package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@EnabledOnOs(OS.LINUX)
class SocketAddressesTest {
  private final Owned owned = new Owned();
  private final long memory = owned.memory(SocketAddresses.STORAGE_BYTES);

  @AfterEach
  void release() {
    owned.close();
  }

  static Stream<SocketAddress> addresses() throws UnknownHostException {
    byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
    return Stream.of(
        Owned.inet("127.0.0.1", 0),
        Owned.inet("0.0.0.0", 1),
        Owned.inet("255.254.253.252", 65535),
        Owned.inet("::1", 8001),
        Owned.inet("::", 0x1234),
        Owned.inet("2001:db8::ff00:42:8329", 443),
        new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 7), 5353),
        UnixDomainSocketAddress.of(""),
        UnixDomainSocketAddress.of("/tmp/a socket"),
        UnixDomainSocketAddress.of("relative"),
        UnixDomainSocketAddress.of("x".repeat(SocketAddresses.UNIX_PATH_BYTES)));
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void comeBackAsTheyWent(SocketAddress address) {
    fillWith((byte) 0xEE); // what was there before must not shine through
    int bytes = SocketAddresses.encode(address, memory);
    assertThat(bytes).isLessThanOrEqualTo(SocketAddresses.STORAGE_BYTES);
    assertThat(SocketAddresses.decode(memory, bytes)).isEqualTo(address);
    assertThat((int) Memory.getShort(memory)).isEqualTo(SocketAddresses.family(address));
  }

  /** An IPv4 address in one number, of an IPv6 socket too; another is left as it is. */
  @ParameterizedTest
  @MethodSource("addresses")
  void ipv4IsPackedAndBack(SocketAddress address) {
    fillWith((byte) 0xEE);
    int family = SocketAddresses.family(address);
    int bytes = SocketAddresses.encode(address, memory);
    long packed = SocketAddresses.packInet4(memory, bytes);
    if (family != Sockets.AF_INET) {
      assertThat(packed).isEqualTo(-1);
      return;
    }
    assertThat(SocketAddresses.unpackInet4(packed)).isEqualTo(address);
    int mapped = SocketAddresses.encode(address, memory, Sockets.AF_INET6);
    assertThat(SocketAddresses.packInet4(memory, mapped)).isEqualTo(packed);
  }

  @Test
  void aScopeIsKept() throws UnknownHostException {
    Inet6Address host =
        Inet6Address.getByAddress(null, InetAddress.ofLiteral("fe80::1").getAddress(), 7);
    int bytes = SocketAddresses.encode(new InetSocketAddress(host, 1), memory);
    var back = (InetSocketAddress) SocketAddresses.decode(memory, bytes);
    assertThat(((Inet6Address) back.getAddress()).getScopeId()).isEqualTo(7);
  }

  @Test
  void anIpv4PeerOfAnIpv6SocketIsMappedAndBack() {
    var peer = Owned.inet("10.1.2.3", 99);
    int bytes = SocketAddresses.encode(peer, memory, Sockets.AF_INET6);
    assertThat(bytes).isEqualTo(SocketAddresses.INET6_BYTES);
    assertThat((int) Memory.getShort(memory)).isEqualTo(Sockets.AF_INET6);
    byte[] bits = new byte[16];
    Memory.copy(memory + SocketAddresses.INET6_ADDRESS_OFFSET, bits, 0, 16);
    assertThat(bits).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 1, 2, 3);
    assertThat(SocketAddresses.decode(memory, bytes)).isEqualTo(peer);
  }

  @Test
  void anUnnamedUnixPeerHasAnEmptyPath() {
    assertThat(SocketAddresses.decode(memory, 0)).isEqualTo(UnixDomainSocketAddress.of(""));
  }

  @Test
  void anAbstractUnixNameIsShownWithAnAtSign() {
    byte[] name = "\0hidden".getBytes(StandardCharsets.US_ASCII);
    Memory.putShort(memory, (short) Sockets.AF_UNIX);
    Memory.copy(name, 0, memory + SocketAddresses.UNIX_PATH_OFFSET, name.length);
    assertThat(SocketAddresses.decode(memory, SocketAddresses.UNIX_PATH_OFFSET + name.length))
        .isEqualTo(UnixDomainSocketAddress.of("@hidden"));
  }

  @Test
  void theKernelsOwnLongestPathNeedsNoNul() {
    Memory.putShort(memory, (short) Sockets.AF_UNIX);
    Memory.copy("y".repeat(108).getBytes(StandardCharsets.US_ASCII), 0, memory + 2, 108);
    assertThat(SocketAddresses.decode(memory, 110))
        .isEqualTo(UnixDomainSocketAddress.of("y".repeat(108)));
  }

  @Test
  void refusesWhatItCannotEncode() {
    var unresolved = InetSocketAddress.createUnresolved("nowhere.invalid", 80);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketAddresses.encode(unresolved, memory))
        .withMessageContaining("nowhere.invalid");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketAddresses.encode(new SocketAddress() {}, memory));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SocketAddresses.encode(UnixDomainSocketAddress.of("x".repeat(108)), memory))
        .withMessageContaining("108 bytes, at most 107");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketAddresses.encode(Owned.inet("::1", 1), memory, Sockets.AF_INET));
  }

  @Test
  void refusesAFamilyItDoesNotKnow() {
    Memory.putShort(memory, (short) 16); // AF_NETLINK
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SocketAddresses.decode(memory, 12))
        .withMessageContaining("16");
  }

  private void fillWith(byte value) {
    for (int i = 0; i < SocketAddresses.STORAGE_BYTES; i++) {
      Memory.putByte(memory + i, value);
    }
  }
}
