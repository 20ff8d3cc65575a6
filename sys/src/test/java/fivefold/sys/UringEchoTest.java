package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections served by one ring: accepted, read into provided buffers, answered, closed. */
@NeedsUring
class UringEchoTest {
  private static final long ACCEPT = 1;
  private static final long RECV = 2;
  private static final long SEND = 3;
  private static final long CANCEL = 4;
  private static final long CLOSE = 5;
  private static final int SEND_FLAGS =
      Sockets.MSG_NOSIGNAL | Sockets.MSG_WAITALL | Sockets.MSG_DONTWAIT;

  private record Completion(long userData, int result, int flags) {}

  private final Owned owned = new Owned();
  private final long memory = owned.memory(1 << 20);
  private UringRing ring;

  @BeforeEach
  void open() throws NativeException {
    ring = UringRing.open(32, 64, UringRing.LOOP);
  }

  @AfterEach
  void release() {
    ring.close();
    owned.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerOfOneRing(boolean direct) throws Exception {
    int fixed = direct ? UringSqe.IOSQE_FIXED_FILE : 0;
    if (direct) {
      Owned.ok(UringFiles.register(ring.descriptor(), 8));
    }
    int listener = owned.listening(Owned.loopback());
    SocketAddress address = owned.nameOf(listener);
    try (var buffers = BufferRing.register(ring, 7, 4, 64, 0)) {
      if (direct) {
        UringPrepare.acceptMultishotDirect(ring.nextSqe(), 0, listener, 0, ACCEPT);
      } else {
        UringPrepare.acceptMultishot(ring.nextSqe(), 0, listener, Sockets.SOCK_CLOEXEC, ACCEPT);
      }
      for (int connection = 0; connection < 3; connection++) {
        int client = owned.connected(address);
        Completion accepted = one();
        assertThat(accepted.userData).isEqualTo(ACCEPT);
        assertThat(UringCqe.hasMore(accepted.flags)).isTrue();
        int fd = accepted.result;
        if (direct) {
          assertThat(fd).isLessThan(8);
        } else {
          owned.fd(fd);
        }
        UringPrepare.recvMultishot(ring.nextSqe(), fixed, fd, buffers.group(), 0, RECV);
        for (String text : List.of("hello", "multishot", "receive")) {
          send(client, text);
          Completion received = one();
          assertThat(received.userData).isEqualTo(RECV);
          assertThat(received.result).isEqualTo(text.length());
          assertThat(UringCqe.hasMore(received.flags)).isTrue();
          assertThat(UringCqe.hasBuffer(received.flags)).isTrue();
          int id = UringCqe.bufferId(received.flags);
          long data = buffers.take(id, received.result);
          int flags = fixed | UringSqe.IOSQE_CQE_SKIP_SUCCESS;
          UringPrepare.send(ring.nextSqe(), flags, fd, data, received.result, SEND_FLAGS, SEND);
          assertThat(ring.submitAndPost()).isEqualTo(1);
          assertThat(ring.ready()).isZero();
          buffers.add(id);
          buffers.publish();
          assertThat(receive(client)).isEqualTo(text);
        }
        Owned.ok(Sockets.shutdown(client, Sockets.SHUT_WR));
        Completion ended = one();
        assertThat(ended.userData).isEqualTo(RECV);
        assertThat(ended.result).isZero();
        assertThat(UringCqe.hasMore(ended.flags)).isFalse();
        UringPrepare.shutdown(
            ring.nextSqe(), fixed | UringSqe.IOSQE_IO_LINK, fd, Sockets.SHUT_WR, CLOSE);
        if (direct) {
          UringPrepare.closeDirect(ring.nextSqe(), 0, fd, CLOSE);
        } else {
          UringPrepare.nop(ring.nextSqe(), 0, CLOSE);
        }
        UringCompletions.await(ring, 2);
        assertThat(completions())
            .containsExactly(new Completion(CLOSE, 0, 0), new Completion(CLOSE, 0, 0));
        assertThat(Sockets.recv(client, memory, 1, 0)).isZero();
      }
    }
  }

  @Test
  void anIncrementalBufferIsFilledBehindWhatWasReceived() throws Exception {
    try (var buffers = incremental(2, 16)) {
      int[] connection = owned.connection();
      UringPrepare.recvMultishot(ring.nextSqe(), 0, connection[1], 3, 0, RECV);
      long first = 0;
      for (String text : List.of("four", "five5", "six666")) {
        send(connection[0], text);
        Completion received = one();
        assertThat(UringCqe.bufferId(received.flags)).isZero();
        assertThat(UringCqe.bufferHasMore(received.flags)).isTrue();
        long data = buffers.take(0, received.result);
        assertThat(get(data, received.result)).isEqualTo(text);
        first = first == 0 ? data : first;
      }
      assertThat(get(first, 15)).isEqualTo("fourfive5six666");
      send(connection[0], "abc");
      Completion last = one();
      assertThat(last.result).isEqualTo(1);
      assertThat(UringCqe.bufferHasMore(last.flags)).isFalse();
      assertThat(get(buffers.take(0, 1), 1)).isEqualTo("a");
      Completion next = one();
      assertThat(UringCqe.bufferId(next.flags)).isEqualTo(1);
      assertThat(get(buffers.take(1, next.result), next.result)).isEqualTo("bc");

      buffers.add(0); // and it begins anew
      buffers.publish();
      send(connection[0], "x".repeat(14) + "yz");
      assertThat(one().result).isEqualTo(14);
      Completion again = one();
      assertThat(UringCqe.bufferId(again.flags)).isZero();
      assertThat(buffers.take(0, again.result)).isEqualTo(buffers.address(0));
    }
  }

  private BufferRing incremental(int count, int bytes) throws NativeException {
    assumeTrue(
        UringProbe.ofThisSystem().incrementalBuffers(), "incremental buffers need Linux 6.12");
    return BufferRing.register(ring, 3, count, bytes, BufferRing.IOU_PBUF_RING_INC);
  }

  @Test
  void withoutBuffersAReceiveEndsAndCanBeArmedAgain() throws Exception {
    int[] connection = owned.connection();
    try (var buffers = BufferRing.register(ring, 0, 1, 4, 0)) {
      UringPrepare.recvMultishot(ring.nextSqe(), 0, connection[1], 0, 0, RECV);
      ring.submit();
      send(connection[0], "12345678");
      UringCompletions.await(ring, 2);
      List<Completion> completions = completions();
      assertThat(completions).extracting(Completion::result).containsExactly(4, -Errno.ENOBUFS);
      assertThat(UringCqe.hasMore(completions.get(1).flags)).isFalse();
      assertThat(UringCqe.hasBuffer(completions.get(1).flags)).isFalse();
      assertThat(get(buffers.take(0, 4), 4)).isEqualTo("1234");
      buffers.add(0);
      buffers.publish();
      UringPrepare.recvMultishot(ring.nextSqe(), 0, connection[1], 0, 0, RECV);
      assertThat(one().result).isEqualTo(4);
      assertThat(get(buffers.take(0, 4), 4)).isEqualTo("5678");
    }
  }

  @Test
  void aReceiveThatMeetsAFullQueueLosesNothing() throws Exception {
    ring.close();
    ring = UringRing.open(4, 4, UringRing.LOOP);
    int[] connection = owned.connection();
    try (var buffers = BufferRing.register(ring, 0, 16, 1, 0)) {
      UringPrepare.recvMultishot(ring.nextSqe(), 0, connection[1], 0, 0, RECV);
      ring.submit();
      send(connection[0], "0123456789");
      var text = new StringBuilder();
      while (text.length() < 10) {
        UringCompletions.await(ring, 1);
        for (Completion received : completions()) {
          assertThat(received.result).isEqualTo(1);
          text.append(get(buffers.take(UringCqe.bufferId(received.flags), 1), 1));
          if (!UringCqe.hasMore(received.flags)) {
            UringPrepare.recvMultishot(ring.nextSqe(), 0, connection[1], 0, 0, RECV);
          }
        }
      }
      assertThat(text.toString()).isEqualTo("0123456789");
      assertThat(ring.lostCompletions()).isZero();
    }
  }

  @Test
  void onlyAShortOrRefusedSendIsTold() throws Exception {
    int[] connection = owned.connection();
    Owned.ok(Sockets.setOption(connection[1], Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, 8192));
    int skip = UringSqe.IOSQE_CQE_SKIP_SUCCESS;
    for (int i = 0; i < 2; i++) {
      UringPrepare.send(ring.nextSqe(), skip, connection[1], memory, 1 << 20, SEND_FLAGS, SEND + i);
    }
    UringCompletions.await(ring, 1);
    List<Completion> completions = completions();
    assertThat(completions).hasSize(2);
    assertThat(completions.get(0).result).isBetween(1, (1 << 20) - 1);
    // The receiver may have taken some meanwhile, so that the second send got a little through.
    assertThat(completions.get(1).result).isNotZero().isLessThan(1 << 20);
  }

  @Test
  void requestsOnADescriptorCanBeCancelled() throws Exception {
    int[] connection = owned.connection();
    try (var buffers = BufferRing.register(ring, 0, 1, 64, 0)) {
      UringPrepare.recvMultishot(ring.nextSqe(), 0, connection[1], buffers.group(), 0, RECV);
      UringPrepare.poll(ring.nextSqe(), 0, connection[1], Poll.POLLPRI, RECV + 100);
      ring.submit();
      UringPrepare.cancelDescriptor(ring.nextSqe(), 0, connection[1], false, CANCEL);
      UringCompletions.await(ring, 3);
      assertThat(completions())
          .containsExactlyInAnyOrder(
              new Completion(RECV, -Errno.ECANCELED, 0),
              new Completion(RECV + 100, -Errno.ECANCELED, 0),
              new Completion(CANCEL, 2, 0));
      UringPrepare.cancelDescriptor(ring.nextSqe(), 0, connection[1], false, CANCEL);
      assertThat(one().result).isIn(0, -Errno.ENOENT);
    }
  }

  @Test
  void requestsOnADirectDescriptorCanBeCancelled() throws Exception {
    Owned.ok(UringFiles.register(ring.descriptor(), 8));
    int[] connection = owned.connection();
    assertThat(UringFiles.set(ring.descriptor(), 5, connection[1])).isEqualTo(1);
    int fixed = UringSqe.IOSQE_FIXED_FILE;
    UringPrepare.recv(ring.nextSqe(), fixed, 5, memory, 64, 0, RECV);
    ring.submit();
    UringPrepare.cancelDescriptor(ring.nextSqe(), 0, 5, true, CANCEL);
    UringCompletions.await(ring, 2);
    assertThat(completions())
        .containsExactlyInAnyOrder(
            new Completion(RECV, -Errno.ECANCELED, 0), new Completion(CANCEL, 1, 0));
    assertThat(UringFiles.set(ring.descriptor(), 5, -1)).isEqualTo(1);
    UringPrepare.recv(ring.nextSqe(), fixed, 5, memory, 64, 0, RECV);
    assertThat(one().result).isEqualTo(-Errno.EBADF);
  }

  @Test
  void aFullTableEndsAccepting() throws Exception {
    Owned.ok(UringFiles.register(ring.descriptor(), 4));
    Owned.ok(UringFiles.setAllocationRange(ring.descriptor(), 2, 2));
    int listener = owned.listening(Owned.loopback());
    UringPrepare.acceptMultishotDirect(ring.nextSqe(), 0, listener, 0, ACCEPT);
    ring.submit();
    for (int i = 0; i < 3; i++) {
      owned.connected(owned.nameOf(listener));
    }
    UringCompletions.await(ring, 3);
    List<Completion> completions = completions();
    assertThat(completions).extracting(Completion::result).containsExactly(2, 3, -Errno.ENFILE);
    assertThat(UringCqe.hasMore(completions.get(2).flags)).isFalse();
    UringPrepare.closeDirect(ring.nextSqe(), 0, 1, CLOSE);
    assertThat(one().result).isEqualTo(-Errno.EBADF);
    Owned.ok(UringFiles.unregister(ring.descriptor()));
  }

  @Test
  void connectsToo() throws Exception {
    int listener = owned.listening(Owned.loopback());
    int client = owned.socket(Sockets.AF_INET, Sockets.SOCK_STREAM);
    int bytes = SocketAddresses.encode(owned.nameOf(listener), memory);
    UringPrepare.connect(ring.nextSqe(), 0, client, memory, bytes, 1);
    assertThat(one().result).isZero();
    UringPrepare.close(ring.nextSqe(), 0, Sockets.accept4(listener, 0, 0, 0), CLOSE);
    assertThat(one().result).isZero();
    assertThat(Sockets.recv(client, memory, 1, 0)).isZero();
  }

  private Completion one() {
    int result = ring.submitAndWait(1);
    assertThat(result).as(() -> Errno.describe(result)).isNotNegative();
    var completion = new Completion(ring.userData(0), ring.result(0), ring.flags(0));
    ring.advance(1);
    return completion;
  }

  private List<Completion> completions() {
    List<Completion> completions = new ArrayList<>();
    int ready = ring.ready();
    for (int i = 0; i < ready; i++) {
      completions.add(new Completion(ring.userData(i), ring.result(i), ring.flags(i)));
    }
    ring.advance(ready);
    return completions;
  }

  private void send(int fd, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Memory.copy(bytes, 0, memory, bytes.length);
    assertThat(Sockets.send(fd, memory, bytes.length, 0)).isEqualTo(bytes.length);
  }

  private String receive(int fd) {
    return get(memory, (int) Sockets.recv(fd, memory, 100, 0));
  }

  private static String get(long address, int bytes) {
    byte[] text = new byte[bytes];
    Memory.copy(address, text, 0, bytes);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
