package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel does with the control data of UDP, and what it says there. */
@EnabledOnOs(OS.LINUX)
class DatagramControlTest {
  private static final int BYTES = 1000;
  private static final int SEGMENT = 400;

  private final Owned owned = new Owned();
  private final int receiver = owned.bound(Owned.loopback(), Sockets.SOCK_DGRAM);
  private final int sender = owned.bound(Owned.loopback(), Sockets.SOCK_DGRAM);
  private final long out = owned.memory(BYTES);
  private final long in = owned.memory(2 * BYTES);
  private final long sockaddr = owned.memory(SocketAddresses.STORAGE_BYTES);
  private final long iov = owned.memory(Descriptors.IOV_BYTES);
  private final long header = owned.memory(MessageHeader.BYTES);
  private final long control = owned.memory(DatagramControl.RECEIVE_BYTES);

  @AfterEach
  void release() {
    owned.close();
  }

  private long send(boolean cut) {
    for (int i = 0; i < BYTES; i++) {
      Memory.putByte(out + i, (byte) i);
    }
    Descriptors.putIov(iov, 0, out, BYTES);
    int bytes = SocketAddresses.encode(owned.nameOf(receiver), sockaddr);
    MessageHeader.put(header, sockaddr, bytes, iov, 1);
    if (cut) {
      DatagramControl.putSegmentBytes(control, SEGMENT);
      MessageHeader.putControl(header, control, DatagramControl.SEGMENT_BYTES);
    }
    return Sockets.sendmsg(sender, header, 0);
  }

  private long receive() {
    Descriptors.putIov(iov, 0, in, 2 * BYTES);
    MessageHeader.put(header, sockaddr, SocketAddresses.STORAGE_BYTES, iov, 1);
    MessageHeader.putControl(header, control, DatagramControl.RECEIVE_BYTES);
    return Sockets.recvmsg(receiver, header, Sockets.MSG_DONTWAIT);
  }

  private int segmentBytes() {
    return DatagramControl.segmentBytes(control, MessageHeader.controlBytes(header));
  }

  private long receivedEpochNanos() {
    return DatagramControl.receivedEpochNanos(control, MessageHeader.controlBytes(header));
  }

  @Test
  void aMessageIsCutIntoDatagrams() {
    assertThat(send(true)).isEqualTo(BYTES);
    int got = 0;
    for (int expected : new int[] {SEGMENT, SEGMENT, BYTES - 2 * SEGMENT}) {
      assertThat(receive()).isEqualTo(expected);
      for (int i = 0; i < expected; i++) {
        assertThat(Memory.getByte(in + i)).isEqualTo((byte) (got + i));
      }
      got += expected;
      assertThat(segmentBytes()).isZero();
    }
    assertThat(receive()).isEqualTo(-Errno.EAGAIN);
  }

  @Test
  void whatIsJoinedTellsOfWhat() {
    int result = Sockets.setOption(receiver, Sockets.IPPROTO_UDP, Sockets.UDP_GRO, 1);
    assumeTrue(result == 0, "needs UDP_GRO, Linux 5.0");
    assertThat(send(true)).isEqualTo(BYTES);
    assertThat(receive()).isEqualTo(BYTES);
    assertThat(segmentBytes()).isEqualTo(SEGMENT);
    assertThat(send(false)).isEqualTo(BYTES);
    assertThat(receive()).isEqualTo(BYTES);
    assertThat(segmentBytes()).isZero();
  }

  @Test
  void theTimeComesWhenItIsAskedFor() {
    assertThat(send(false)).isEqualTo(BYTES);
    assertThat(receive()).isEqualTo(BYTES);
    assertThat(receivedEpochNanos()).isZero();

    Owned.ok(Sockets.setOption(receiver, Sockets.SOL_SOCKET, Sockets.SO_TIMESTAMPNS, 1));
    long before = epochNanos(Instant.now());
    assertThat(send(false)).isEqualTo(BYTES);
    assertThat(receive()).isEqualTo(BYTES);
    // The kernel's clock of packets may be read a tick beside Java's.
    assertThat(receivedEpochNanos())
        .isBetween(
            before - TimeUnit.SECONDS.toNanos(1),
            epochNanos(Instant.now()) + TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void theArrivalOfTheLastOneCanBeAskedFor() {
    assertThat(Descriptors.lastArrivalNanos(receiver)).isEqualTo(-Errno.ENOENT);
    long before = epochNanos(Instant.now());
    assertThat(send(false)).isEqualTo(BYTES);
    assertThat(receive()).isEqualTo(BYTES);
    assertThat(Descriptors.lastArrivalNanos(receiver))
        .isBetween(
            before - TimeUnit.SECONDS.toNanos(1),
            epochNanos(Instant.now()) + TimeUnit.SECONDS.toNanos(1));
  }

  private static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
