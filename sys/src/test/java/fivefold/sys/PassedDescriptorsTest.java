package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Descriptors over a Unix socket, and who the peer is. */
class PassedDescriptorsTest {
  private final Owned owned = new Owned();
  private final long memory = owned.memory(64);

  @AfterEach
  void release() {
    owned.close();
  }

  private int[] pair() {
    Owned.ok(Sockets.socketpair(Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC, memory));
    return new int[] {owned.fd(Memory.getInt(memory)), owned.fd(Memory.getInt(memory + 4))};
  }

  /** A read end and a write end. */
  private int[] pipe() {
    Owned.ok(Descriptors.pipe(memory, Descriptors.O_CLOEXEC));
    return new int[] {owned.fd(Memory.getInt(memory)), owned.fd(Memory.getInt(memory + 4))};
  }

  private void putText(String text) {
    for (int i = 0; i < text.length(); i++) {
      Memory.putByte(memory + i, (byte) text.charAt(i));
    }
  }

  @Test
  void aPassedDescriptorIsTheSameOpenFileUnderAnotherNumber() {
    int[] sockets = pair();
    int[] pipe = pipe();
    putText("x");
    assertThat(PassedDescriptors.send(sockets[0], memory, 1, Sockets.MSG_NOSIGNAL, pipe[1]))
        .isEqualTo(1);
    var received = PassedDescriptors.receive(sockets[1], memory, 16, 0, 4);
    assertThat(received.result()).isEqualTo(1);
    assertThat(received.isCut()).isFalse();
    assertThat(received.descriptors()).hasSize(1);
    int passed = owned.fd(received.descriptors().getFirst());
    assertThat(passed).isNotEqualTo(pipe[1]);
    putText("hello");
    assertThat(Descriptors.write(passed, memory, 5)).isEqualTo(5);
    Memory.setZero(memory, 5);
    assertThat(Descriptors.read(pipe[0], memory, 16)).isEqualTo(5);
    assertThat(Memory.getByte(memory)).isEqualTo((byte) 'h');
  }

  @Test
  void severalComeInTheirOrder() {
    int[] sockets = pair();
    int[] pipe = pipe();
    PassedDescriptors.send(sockets[0], memory, 1, 0, pipe[0], pipe[1], sockets[0]);
    List<Integer> passed = PassedDescriptors.receive(sockets[1], memory, 1, 0, 3).descriptors();
    assertThat(passed).hasSize(3);
    for (int each : passed) {
      owned.fd(each);
    }
    putText("y");
    assertThat(Descriptors.write(passed.get(1), memory, 1)).isEqualTo(1);
    assertThat(Descriptors.read(passed.get(0), memory, 1)).isEqualTo(1);
  }

  @Test
  void moreThanWereAskedForAreClosedAndSaidToBeCut() {
    int[] sockets = pair();
    int[] pipe = pipe();
    PassedDescriptors.send(sockets[0], memory, 1, 0, pipe[1], pipe[1], pipe[1], pipe[1], pipe[1]);
    var received = PassedDescriptors.receive(sockets[1], memory, 1, 0, 3);
    assertThat(received.isCut()).isTrue();
    assertThat(received.descriptors()).hasSize(3);
    for (int each : received.descriptors()) {
      Descriptors.close(each);
    }
    Descriptors.close(pipe[1]);
    // The pipe ends when nobody holds its other side any more: nothing was left behind.
    assertThat(Descriptors.read(pipe[0], memory, 1)).isZero();
  }

  @Test
  void aMessageWithoutDescriptorsHasNone() {
    int[] sockets = pair();
    Sockets.send(sockets[0], memory, 3, 0);
    var received = PassedDescriptors.receive(sockets[1], memory, 16, 0, 1);
    assertThat(received.result()).isEqualTo(3);
    assertThat(received.descriptors()).isEmpty();
    assertThat(PassedDescriptors.receive(sockets[1], memory, 1, Sockets.MSG_DONTWAIT, 1).result())
        .isEqualTo(-Errno.EAGAIN);
  }

  @Test
  void theirNumberIsChecked() {
    assertThatThrownBy(() -> PassedDescriptors.send(0, memory, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 descriptors; expected 1 to 253");
    assertThatThrownBy(() -> PassedDescriptors.receive(0, memory, 1, 0, 254))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePeerOfAUnixSocketIsKnown() {
    int[] sockets = pair();
    Owned.ok(Sockets.getPeerCredential(sockets[0], memory));
    assertThat(PeerCredential.pid(memory)).isEqualTo(Processes.pid());
    assertThat(PeerCredential.uid(memory)).isNotNegative();
    assertThat(PeerCredential.gid(memory)).isNotNegative();
  }

  @Test
  void anAbstractNameIsListenedOnAndReached() {
    var name = UnixDomainSocketAddress.of("@fivefold-" + UUID.randomUUID());
    int listener = owned.listening(name);
    int client = owned.connected(name);
    int served = owned.fd(Sockets.accept4(listener, 0, 0, Sockets.SOCK_CLOEXEC));
    putText("z");
    assertThat(Sockets.send(client, memory, 1, 0)).isEqualTo(1);
    assertThat(Sockets.recv(served, memory, 1, 0)).isEqualTo(1);
    assertThat(java.nio.file.Files.exists(name.getPath())).isFalse();
  }

  @Test
  void manyDatagramsMoveByOneCall() {
    Owned.ok(Sockets.socketpair(Sockets.SOCK_DGRAM | Sockets.SOCK_CLOEXEC, memory));
    int one = owned.fd(Memory.getInt(memory));
    int other = owned.fd(Memory.getInt(memory + 4));
    long headers = owned.memory(3L * MessageHeaders.BYTES);
    long iov = owned.memory(3L * Descriptors.IOV_BYTES);
    for (int i = 0; i < 3; i++) {
      Descriptors.putIov(iov, i, memory, i + 1);
      MessageHeader.put(
          MessageHeaders.header(headers, i), 0, 0, iov + (long) i * Descriptors.IOV_BYTES, 1);
    }
    assertThat(Sockets.sendmmsg(one, headers, 3, 0)).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      Descriptors.putIov(iov, i, memory, 16);
    }
    assertThat(Sockets.recvmmsg(other, headers, 3, Sockets.MSG_DONTWAIT)).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      assertThat(MessageHeaders.bytes(headers, i)).isEqualTo(i + 1);
    }
  }
}
