package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.SocketAddresses;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that leave together, over real sockets; errors before the kernel is asked at all. */
@EnabledOnOs(OS.LINUX)
final class QueuedRepliesTest {
  private static final SocketOptions PLAIN = new SocketOptions(0, false, false, false, 0, 0);

  /** socket(7) does not name it: no checksums, with which the kernel refuses to cut. */
  private static final int SO_NO_CHECK = 11;

  private final NativeTransport transport = new NativeTransport();
  private final Counters counters = new Counters();
  private final long sockaddrs = Memory.allocate(3L * SocketAddresses.STORAGE_BYTES);
  private final int[] receivers = new int[2];
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
  private int sender;
  private int sockaddrBytes;

  /** What the calls are to return before they reach the kernel; 0 to reach it. */
  private final Deque<Integer> results = new ArrayDeque<>();

  /** How many messages each call was given. */
  private final List<Integer> given = new ArrayList<>();

  /** How many messages the kernel is shown at most. */
  private int mostAtOnce = Integer.MAX_VALUE;

  private final MessageCalls calls =
      new MessageCalls() {
        @Override
        public int receive(int handle, long headers, int count) {
          throw new AssertionError("nothing is received here");
        }

        @Override
        public int send(int handle, long headers, int count) {
          given.add(count);
          int result = results.isEmpty() ? 0 : results.pop();
          return result < 0
              ? result
              : MessageCalls.KERNEL.send(handle, headers, Math.min(count, mostAtOnce));
        }
      };

  @BeforeEach
  void open() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    sender = transport.bindDatagram(loopback, PLAIN);
    for (int i = 0; i < receivers.length; i++) {
      receivers[i] = transport.bindDatagram(loopback, PLAIN);
      sockaddrBytes = SocketAddresses.encode(transport.localAddress(receivers[i]), sockaddr(i));
    }
    // The first once more, elsewhere in memory.
    SocketAddresses.encode(transport.localAddress(receivers[0]), sockaddr(2));
  }

  @AfterEach
  void close() {
    transport.close(sender);
    transport.close(receivers[0]);
    transport.close(receivers[1]);
    Memory.free(sockaddrs);
  }

  private long sockaddr(int peer) {
    return sockaddrs + (long) peer * SocketAddresses.STORAGE_BYTES;
  }

  private QueuedReplies queue(int most) {
    return new QueuedReplies(sender, calls, counters, most, false);
  }

  private void add(QueuedReplies queue, int peer, String... texts) {
    for (String text : texts) {
      queue.add(
          sockaddr(peer), sockaddrBytes, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** All that has come: on loopback it is there when the call returns. */
  private List<String> received(int peer) {
    List<String> all = new ArrayList<>();
    Transport.PeerAddress from = transport.newPeerAddress();
    while (transport.receiveFrom(receivers[peer], buffer.clear(), from) >= 0) {
      all.add(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
    }
    return all;
  }

  @Test
  void leaveTogetherAndInOrder() {
    QueuedReplies queue = queue(8);
    add(queue, 0, "one", "three");
    add(queue, 1, "two");
    add(queue, 0, "");
    queue.flush();

    assertThat(given).containsExactly(4);
    assertThat(received(0)).containsExactly("one", "three", "");
    assertThat(received(1)).containsExactly("two");
    assertThat(counters.sentDatagrams()).isEqualTo(4);
    queue.flush();
    assertThat(given).as("nothing is left").hasSize(1);
  }

  @Test
  void thoseOfOneSizeAreOneMessage() {
    QueuedReplies queue = queue(16);
    add(queue, 0, "aaaa", "bbbb");
    add(queue, 2, "cccc");
    add(queue, 0, "end", "more", "most");
    add(queue, 1, "othr");
    queue.flush();

    assertThat(given).as("aaaabbbbccccend, moremost, othr").containsExactly(3);
    assertThat(received(0)).containsExactly("aaaa", "bbbb", "cccc", "end", "more", "most");
    assertThat(received(1)).containsExactly("othr");
    assertThat(counters.sentDatagrams()).isEqualTo(7);
    assertThat(counters.sentBytes()).isEqualTo(27);
  }

  @Test
  void anEmptyOneIsNeverPartOfAnother() {
    QueuedReplies queue = queue(16);
    add(queue, 0, "aa", "", "", "bb");
    queue.flush();
    assertThat(received(0)).containsExactly("aa", "", "", "bb");
  }

  @Test
  void moreThanTheKernelCutsAreSeveralMessages() {
    QueuedReplies queue = queue(1024);
    List<String> sent = new ArrayList<>();
    for (int i = 100; i < 230; i++) {
      sent.add(Integer.toString(i));
    }
    add(queue, 0, sent.toArray(new String[0]));
    queue.flush();
    assertThat(given).as("of 64, 64 and 2").containsExactly(3);
    assertThat(received(0)).isEqualTo(sent);
  }

  @Test
  void largeOnesFillNoMoreThanADatagram() {
    QueuedReplies queue = queue(16);
    String large = "x".repeat(30_000);
    add(queue, 0, large, large, large);
    queue.flush();
    assertThat(given).as("two in one message, and one").containsExactly(2);
    assertThat(received(0)).containsExactly(large, large, large);
  }

  @Test
  void aFullQueueIsSentFirst() {
    QueuedReplies queue = queue(2);
    add(queue, 0, "1", "22", "333");
    assertThat(received(0)).containsExactly("1", "22");
    queue.flush();
    assertThat(received(0)).containsExactly("333");
    String large = "x".repeat(65_507);
    add(queue(8), 0, large, large, large);
    assertThat(received(0)).as("the room for bytes was full").isNotEmpty();
  }

  @Test
  void aKernelThatIsFullHalfWayHasTheRestDropped() {
    QueuedReplies queue = queue(8);
    add(queue, 0, "1", "22", "22", "333", "4444");
    mostAtOnce = 1;
    results.add(0);
    results.add(-Errno.EAGAIN);
    queue.flush();

    assertThat(given).as("it is not asked again").containsExactly(4, 3);
    assertThat(received(0)).containsExactly("1");
    assertThat(counters.sentDatagrams()).isEqualTo(1);
    assertThat(counters.droppedMessages()).isEqualTo(4);
    add(queue, 0, "next");
    queue.flush();
    assertThat(received(0)).containsExactly("next");
  }

  @Test
  void anErrorOfAnEarlierDatagramCostsNone() {
    QueuedReplies queue = queue(8);
    add(queue, 0, "1", "22", "22");
    results.add(-Errno.ECONNREFUSED);
    queue.flush();
    assertThat(received(0)).containsExactly("1", "22", "22");
    assertThat(counters.droppedMessages()).isZero();
  }

  @Test
  void oneThatIsRefusedAgainIsDroppedAlone() {
    QueuedReplies queue = queue(8);
    add(queue, 0, "1", "22", "333");
    results.add(-Errno.ECONNREFUSED);
    results.add(-Errno.ECONNREFUSED);
    queue.flush();
    assertThat(received(0)).containsExactly("22", "333");
    assertThat(counters.droppedMessages()).isEqualTo(1);
  }

  @Test
  void oneThatMayNotLeaveIsDroppedAlone() {
    QueuedReplies queue = queue(8);
    add(queue, 0, "1", "22", "22", "333");
    results.add(-Errno.EPERM);
    queue.flush();
    assertThat(received(0)).containsExactly("22", "22", "333");
    assertThat(counters.droppedMessages()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EIO, Errno.EINVAL, Errno.EMSGSIZE, Errno.EOPNOTSUPP})
  void whatTheKernelDoesNotCutLeavesOneByOne(int errno) {
    QueuedReplies queue = queue(8);
    add(queue, 0, "1", "22", "22", "22", "333");
    mostAtOnce = 1;
    results.add(0);
    results.add(-errno);
    queue.flush();
    assertThat(received(0)).containsExactly("1", "22", "22", "22", "333");
    assertThat(counters.droppedMessages()).isZero();
    assertThat(counters.sentDatagrams()).isEqualTo(5);

    given.clear();
    mostAtOnce = Integer.MAX_VALUE;
    add(queue, 0, "22", "22", "1", "1");
    queue.flush();
    assertThat(given).as("tried no more, but for smaller ones").containsExactly(3);
    assertThat(received(0)).containsExactly("22", "22", "1", "1");
  }

  /** The same by the kernel itself. */
  @Test
  void aSocketThatCannotCutSendsOneByOne() {
    Sockets.setOption(sender, Sockets.SOL_SOCKET, SO_NO_CHECK, 1);
    QueuedReplies queue = queue(8);
    add(queue, 0, "aa", "bb", "cc");
    queue.flush();
    assertThat(given).as("cut, and then one by one").containsExactly(1, 1, 1, 1);
    assertThat(received(0)).containsExactly("aa", "bb", "cc");
    assertThat(counters.droppedMessages()).isZero();
  }

  /** On a connected socket the kernel tells of nobody who listens. */
  @Test
  void aConnectedPeerThatIsGoneAndComesBack() throws IOException {
    InetSocketAddress peer = (InetSocketAddress) transport.localAddress(receivers[0]);
    transport.connectDatagram(sender, peer);
    transport.close(receivers[0]);
    QueuedReplies queue = new QueuedReplies(sender, calls, counters, 8, true);
    add(queue, 0, "1", "22", "333", "4444");
    queue.flush();
    assertThat(counters.sentDatagrams() + counters.droppedMessages()).isEqualTo(4);

    receivers[0] = transport.bindDatagram(peer, PLAIN);
    add(queue, 0, "here");
    queue.flush();
    assertThat(received(0)).containsExactly("here");
  }
}
