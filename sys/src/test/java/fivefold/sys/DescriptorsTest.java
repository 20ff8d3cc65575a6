package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class DescriptorsTest {
  private final Owned owned = new Owned();
  private final long memory = owned.memory(256);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void whatIsWrittenToAPipeIsRead() {
    int[] pipe = owned.pipe(0);
    Memory.putLong(memory, 0x1122334455667788L);
    assertThat(Descriptors.write(pipe[1], memory, 8)).isEqualTo(8);
    assertThat(Descriptors.readableBytes(pipe[0])).isEqualTo(8);
    assertThat(Descriptors.read(pipe[0], memory + 8, 100)).isEqualTo(8);
    assertThat(Memory.getLong(memory + 8)).isEqualTo(0x1122334455667788L);
    assertThat(Descriptors.readableBytes(pipe[0])).isZero();
  }

  @Test
  void gathersAndScatters() {
    int[] pipe = owned.pipe(0);
    Memory.putInt(memory, 1);
    Memory.putInt(memory + 100, 2);
    long iov = owned.memory(2L * Descriptors.IOV_BYTES);
    Descriptors.putIov(iov, 0, memory, 4);
    Descriptors.putIov(iov, 1, memory + 100, 4);
    assertThat(Descriptors.writev(pipe[1], iov, 2)).isEqualTo(8);
    Descriptors.putIov(iov, 0, memory + 200, 2);
    Descriptors.putIov(iov, 1, memory + 202, 50);
    assertThat(Descriptors.readv(pipe[0], iov, 2)).isEqualTo(8);
    assertThat(Memory.getInt(memory + 200)).isEqualTo(1);
    assertThat(Memory.getInt(memory + 204)).isEqualTo(2);
  }

  @Test
  void nonBlockingCanBeSetAndCleared() {
    int[] pipe = owned.pipe(0);
    assertThat(Descriptors.getFlags(pipe[0]) & Descriptors.O_NONBLOCK).isZero();
    Owned.ok(Descriptors.setNonBlocking(pipe[0], true));
    assertThat(Descriptors.read(pipe[0], memory, 1)).isEqualTo(-Errno.EAGAIN);
    Owned.ok(Descriptors.setNonBlocking(pipe[0], false));
    assertThat(Descriptors.getFlags(pipe[0]) & Descriptors.O_NONBLOCK).isZero();
  }

  @Test
  void opensAnewWhatIsOpenWithFlagsOfItsOwn() {
    int[] pipe = owned.pipe(0);
    int again =
        Descriptors.open("/proc/self/fd/" + pipe[0], Descriptors.O_RDONLY | Descriptors.O_NONBLOCK);
    assertThat(again).isNotNegative();
    try {
      assertThat(Descriptors.read(again, memory, 1)).isEqualTo(-Errno.EAGAIN);
      assertThat(Descriptors.getFlags(pipe[0]) & Descriptors.O_NONBLOCK).isZero();
    } finally {
      Descriptors.close(again);
    }
    assertThat(Descriptors.open("/nonexistent", Descriptors.O_RDWR)).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void theFlagsOfAPipeAreSetAtOnce() {
    int[] pipe = owned.pipe(Descriptors.O_NONBLOCK);
    assertThat(Descriptors.read(pipe[0], memory, 1)).isEqualTo(-Errno.EAGAIN);
  }

  @Test
  void closeOnExecCanBeSetAndCleared() {
    int[] pipe = owned.pipe(0);
    Owned.ok(Descriptors.setCloseOnExec(pipe[0], false));
    assertThat(closedOnExec(pipe[0])).isFalse();
    Owned.ok(Descriptors.setCloseOnExec(pipe[0], true));
    assertThat(closedOnExec(pipe[0])).isTrue();
  }

  @Test
  void aDuplicateOutlivesTheOriginal() {
    int[] pipe = owned.pipe(0);
    int copy = owned.fd(Descriptors.duplicate(pipe[1]));
    assertThat(closedOnExec(copy)).isTrue();
    int other = owned.fd(EventFd.create());
    assertThat(Descriptors.duplicate(other, pipe[1], 0)).isEqualTo(pipe[1]);
    assertThat(Descriptors.write(copy, memory, 3)).isEqualTo(3);
    assertThat(Descriptors.readableBytes(pipe[0])).isEqualTo(3);
  }

  @Test
  void theEndOfAPipeIsZeroAndItsLossEpipe() {
    int[] ended = owned.pipe(0);
    int[] lost = owned.pipe(0);
    int elsewhere = owned.fd(EventFd.create());
    Descriptors.duplicate(elsewhere, ended[1], Descriptors.O_CLOEXEC);
    assertThat(Descriptors.read(ended[0], memory, 10)).isZero();
    Descriptors.duplicate(elsewhere, lost[0], Descriptors.O_CLOEXEC);
    assertThat(Descriptors.write(lost[1], memory, 1)).isEqualTo(-Errno.EPIPE);
  }

  @Test
  void badDescriptorsAndAddressesAreErrors() {
    int[] pipe = owned.pipe(0);
    assertThat(Descriptors.close(-1)).isEqualTo(-Errno.EBADF);
    assertThat(Descriptors.read(-1, memory, 1)).isEqualTo(-Errno.EBADF);
    assertThat(Descriptors.write(pipe[1], 8, 1)).isEqualTo(-Errno.EFAULT);
    assertThat(Descriptors.setNonBlocking(-1, true)).isEqualTo(-Errno.EBADF);
    assertThat(Descriptors.setCloseOnExec(-1, true)).isEqualTo(-Errno.EBADF);
    assertThat(Descriptors.readableBytes(-1)).isEqualTo(-Errno.EBADF);
    assertThat(Descriptors.pipe(0, -1)).isEqualTo(-Errno.EINVAL);
  }

  private static boolean closedOnExec(int fd) {
    return (SystemCall.of("fcntl").once(fd, Descriptors.F_GETFD, 0) & Descriptors.FD_CLOEXEC) != 0;
  }
}
