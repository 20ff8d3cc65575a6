package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.SocketAddresses;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Datagrams that come together, over real sockets. */
@EnabledOnOs(OS.LINUX)
final class ArrivedDatagramsTest {
  private static final SocketOptions PLAIN = new SocketOptions(0, false, false, false, 0, 0);

  private final NativeTransport transport = new NativeTransport();
  private final long sockaddr = Memory.allocate(SocketAddresses.STORAGE_BYTES);
  private int receiver;
  private int sender;
  private int sockaddrBytes;

  @BeforeEach
  void open() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    receiver = transport.bindDatagram(loopback, PLAIN);
    sender = transport.bindDatagram(loopback, PLAIN);
    sockaddrBytes = SocketAddresses.encode(transport.localAddress(receiver), sockaddr);
  }

  @AfterEach
  void close() {
    transport.close(sender);
    transport.close(receiver);
    Memory.free(sockaddr);
  }

  /** Texts of one size leave as one message. */
  private void send(String... texts) {
    QueuedReplies queue = new QueuedReplies(sender, MessageCalls.KERNEL, new Counters(), 64, false);
    for (String text : texts) {
      queue.add(sockaddr, sockaddrBytes, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
    queue.flush();
  }

  private ArrivedDatagrams arrived(int most, int limitBytes, boolean joined) {
    return new ArrivedDatagrams(receiver, MessageCalls.KERNEL, most, limitBytes, joined, false);
  }

  private List<String> texts(ArrivedDatagrams arrived) {
    List<String> all = new ArrayList<>();
    while (arrived.next()) {
      assertThat(arrived.sender()).isEqualTo(transport.localAddress(sender));
      all.add(StandardCharsets.UTF_8.decode(arrived.bytes()).toString());
    }
    return all;
  }

  @Test
  void asManyAsThereArePlaces() {
    ArrivedDatagrams arrived = arrived(3, 100, false);
    assertThat(arrived.slots()).isEqualTo(3);
    send("1", "", "333", "4444");
    assertThat(arrived.receive()).isEqualTo(3);
    assertThat(texts(arrived)).containsExactly("1", "", "333");
    assertThat(arrived.receive()).isEqualTo(1);
    assertThat(texts(arrived)).containsExactly("4444");
    assertThat(arrived.receive()).isEqualTo(-Errno.EAGAIN);
    assertThat(arrived.next()).isFalse();
  }

  @Test
  void whatIsLongerIsCut() {
    ArrivedDatagrams arrived = arrived(4, 4, false);
    send("12345", "1234", "x");
    assertThat(arrived.receive()).isEqualTo(3);
    assertThat(texts(arrived)).containsExactly("1234", "1234", "x");
  }

  @Test
  void theLargestTakeNoMoreThanAMebibyte() {
    assertThat(arrived(1024, 65_535, false).slots()).isBetween(1, 16);
  }

  @Test
  void whatTheKernelJoinedIsTakenApart() {
    int result = Sockets.setOption(receiver, Sockets.IPPROTO_UDP, Sockets.UDP_GRO, 1);
    assumeTrue(result == 0, "needs UDP_GRO, Linux 5.0");
    ArrivedDatagrams arrived = arrived(8, 100, true);
    send("aaaa", "bbbb", "cc", "", "alone", "dddd", "eeee");
    assertThat(arrived.receive()).as("aaaabbbbcc, nothing, alonedddd, eeee").isEqualTo(4);
    assertThat(texts(arrived)).containsExactly("aaaa", "bbbb", "cc", "", "alone", "dddd", "eeee");

    ArrivedDatagrams short3 = arrived(8, 3, true);
    send("aaaa", "bbbb", "cc");
    assertThat(short3.receive()).isEqualTo(1);
    assertThat(texts(short3)).as("each is cut by itself").containsExactly("aaa", "bbb", "cc");
  }
}
