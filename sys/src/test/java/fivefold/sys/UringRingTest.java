package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NeedsUring
class UringRingTest {
  private final Owned owned = new Owned();

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void whatIsSubmittedCompletes() throws Exception {
    try (var ring = UringRing.open(4, 16, UringRing.LOOP)) {
      for (int i = 0; i < 3; i++) {
        UringPrepare.nop(ring.nextSqe(), 0, -7L - i);
      }
      assertThat(ring.unsubmitted()).isEqualTo(3);
      assertThat(ring.submitAndWait(3)).isEqualTo(3);
      assertThat(ring.unsubmitted()).isZero();
      assertThat(ring.ready()).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        assertThat(ring.userData(i)).isEqualTo(-7L - i);
        assertThat(ring.result(i)).isZero();
        assertThat(ring.flags(i)).isZero();
      }
      ring.advance(2);
      assertThat(ring.ready()).isEqualTo(1);
      assertThat(ring.userData(0)).isEqualTo(-9L);
    }
  }

  @Test
  void bothQueuesGoRoundAndRound() throws Exception {
    try (var ring = UringRing.open(4, 8, UringRing.LOOP)) {
      long next = 0;
      for (int turn = 0; turn < 100; turn++) {
        for (int i = 0; i < 3; i++) {
          UringPrepare.nop(ring.nextSqe(), 0, next + i);
        }
        assertThat(ring.submitAndWait(3)).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
          assertThat(ring.userData(i)).isEqualTo(next++);
        }
        ring.advance(3);
      }
    }
  }

  @Test
  void anEntryIsZeroWhateverWasThereBefore() throws Exception {
    try (var ring = UringRing.open(1, 0, UringRing.LOOP)) {
      for (int turn = 0; turn < 3; turn++) {
        long sqe = ring.nextSqe();
        for (int i = 0; i < UringSqe.BYTES; i++) {
          assertThat(Memory.getByte(sqe + i)).isZero();
        }
        UringPrepare.sendto(sqe, -1, -1, -1, -1, -1, -1, -1, -1);
        ring.submit();
        ring.advance(ring.ready());
      }
    }
  }

  @Test
  void aFullQueueHasNoNextEntry() throws Exception {
    try (var ring = UringRing.open(4, 0, UringRing.LOOP)) {
      assertThat(ring.freeSqes()).isEqualTo(ring.sqEntries()).isEqualTo(4);
      for (int i = 0; i < 4; i++) {
        UringPrepare.nop(ring.nextSqe(), 0, i);
      }
      assertThat(ring.nextSqe()).isZero();
      assertThat(ring.freeSqes()).isZero();
      assertThat(ring.submitAndPost()).isEqualTo(4);
      assertThat(ring.nextSqe()).isNotZero();
    }
  }

  @Test
  void aBadRequestDoesNotHoldTheBatchUp() throws Exception {
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      UringPrepare.nop(ring.nextSqe(), 0, 1);
      UringSqe.put(ring.nextSqe(), 255, 0, 0, -1, 2); // no such operation
      UringPrepare.nop(ring.nextSqe(), 0, 3);
      assertThat(ring.submitAndWait(3)).isEqualTo(3);
      assertThat(results(ring)).containsExactly(0, -Errno.EINVAL, 0);
    }
  }

  @Test
  void successNeedNotBeTold() throws Exception {
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      UringPrepare.nop(ring.nextSqe(), UringSqe.IOSQE_CQE_SKIP_SUCCESS, 1);
      UringPrepare.close(ring.nextSqe(), UringSqe.IOSQE_CQE_SKIP_SUCCESS, 1 << 20, 2);
      assertThat(ring.submitAndWait(1)).isEqualTo(2);
      assertThat(ring.ready()).isEqualTo(1);
      assertThat(ring.userData(0)).isEqualTo(2);
      assertThat(ring.result(0)).isEqualTo(-Errno.EBADF);
    }
  }

  @Test
  void aFailureCancelsWhatIsLinkedToIt() throws Exception {
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      UringPrepare.close(ring.nextSqe(), UringSqe.IOSQE_IO_LINK, 1 << 20, 1);
      UringPrepare.nop(ring.nextSqe(), 0, 2);
      UringCompletions.await(ring, 2);
      assertThat(results(ring)).containsExactly(-Errno.EBADF, -Errno.ECANCELED);
      UringPrepare.close(ring.nextSqe(), UringSqe.IOSQE_IO_HARDLINK, 1 << 20, 3);
      UringPrepare.nop(ring.nextSqe(), 0, 4);
      UringCompletions.await(ring, 2);
      assertThat(results(ring)).containsExactly(-Errno.EBADF, 0);
    }
  }

  @Test
  void aWaitEndsInTime() throws Exception {
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      long start = System.nanoTime();
      assertThat(ring.submitAndWait(1, 3_000_000)).isEqualTo(-Errno.ETIME);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(3_000_000);
      UringPrepare.nop(ring.nextSqe(), 0, 1);
      assertThat(ring.submitAndWait(2, 1_000_000)).isEqualTo(1); // taken; the time is not told
      assertThat(ring.ready()).isEqualTo(1);
      assertThat(ring.submitAndWait(2, 1_000_000)).isZero(); // one is there: not ETIME
      assertThat(ring.submitAndWait(1, -1)).isZero();
    }
  }

  @Test
  void aTimeoutIsARequestToo() throws Exception {
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      long timespec = owned.memory(UringPrepare.TIMESPEC_BYTES);
      UringPrepare.putTimespec(timespec, 2_000_000);
      UringPrepare.timeout(ring.nextSqe(), 0, timespec, 0, 0, 1);
      long start = System.nanoTime();
      UringCompletions.await(ring, 1);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000);
      assertThat(results(ring)).containsExactly(-Errno.ETIME);
      UringPrepare.putTimespec(timespec, Long.MAX_VALUE);
      UringPrepare.timeout(ring.nextSqe(), 0, timespec, 0, 0, 2);
      UringPrepare.removeTimeout(ring.nextSqe(), 0, 2, 3);
      UringCompletions.await(ring, 2);
      assertThat(results(ring)).containsExactlyInAnyOrder(-Errno.ECANCELED, 0);
    }
  }

  @Test
  void completionsBeyondTheQueueWaitInTheKernel() throws Exception {
    try (var ring = UringRing.open(8, 8, UringRing.LOOP)) {
      long next = 0;
      for (int batch = 0; batch < 3; batch++) {
        while (ring.freeSqes() > 0) {
          UringPrepare.nop(ring.nextSqe(), 0, next++);
        }
        assertThat(ring.submit()).isEqualTo(8);
      }
      assertThat(ring.ready()).isEqualTo(8);
      assertThat(ring.hasOverflowed()).isTrue();
      for (long seen = 0; seen < next; ) {
        int ready = ring.ready();
        for (int i = 0; i < ready; i++) {
          assertThat(ring.userData(i)).isEqualTo(seen++);
        }
        ring.advance(ready);
        assertThat(ring.submitAndPost()).isZero();
      }
      assertThat(ring.hasOverflowed()).isFalse();
      assertThat(ring.lostCompletions()).isZero();
    }
  }

  @Test
  void aRegisteredDescriptorWorksAsThePlainOneDoes() throws Exception {
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      Owned.ok(ring.registerDescriptor());
      UringPrepare.nop(ring.nextSqe(), 0, 1);
      assertThat(ring.submitAndWait(1)).isEqualTo(1);
      assertThat(ring.submitAndWait(2, 1)).isZero();
    }
    for (int i = 0; i < 20; i++) { // each gives its index back: there are 16
      try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
        Owned.ok(ring.registerDescriptor());
      }
    }
  }

  @Test
  void aRingBelongsToTheThreadThatEnablesIt() throws Exception {
    int flags = UringRing.LOOP | Uring.IORING_SETUP_R_DISABLED;
    try (var ring = UringRing.open(8, 0, flags)) {
      UringPrepare.nop(ring.nextSqe(), 0, 1);
      assertThat(ring.submit()).isEqualTo(-Errno.EBADFD);
      int[] results = new int[2];
      Thread owner =
          Thread.ofPlatform()
              .start(() -> {
                results[0] = ring.enable();
                results[1] = ring.submitAndWait(1);
              });
      owner.join();
      assertThat(results).containsExactly(0, 1);
      UringPrepare.nop(ring.nextSqe(), 0, 2);
      assertThat(ring.submit()).isEqualTo(-Errno.EEXIST);
    }
  }

  @Test
  void theKernelsThreadCanTakeTheEntries() throws Exception {
    try (var ring = UringRing.open(8, 0, Uring.IORING_SETUP_SQPOLL)) {
      for (int turn = 0; turn < 20; turn++) {
        UringPrepare.nop(ring.nextSqe(), 0, turn);
        ring.submit();
        UringCompletions.await(ring, 1);
        assertThat(ring.userData(0)).isEqualTo(turn);
        ring.advance(1);
      }
    }
  }

  @Test
  void oneRingWakesAnother() throws Exception {
    try (var ring = UringRing.open(8, 0, UringRing.LOOP);
        var other = UringRing.open(8, 0, UringRing.LOOP)) {
      UringPrepare.messageRing(ring.nextSqe(), 0, other.descriptor(), 42, -2L, 1);
      UringCompletions.await(ring, 1);
      assertThat(results(ring)).containsExactly(0);
      UringCompletions.await(other, 1);
      assertThat(other.userData(0)).isEqualTo(-2L);
      assertThat(other.result(0)).isEqualTo(42);
    }
  }

  @Test
  void anEventIsToldAtEachSignal() throws Exception {
    int event = owned.fd(EventFd.create());
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      UringPrepare.pollMultishot(ring.nextSqe(), 0, event, Poll.POLLIN, 5);
      ring.submit();
      for (int i = 0; i < 3; i++) {
        EventFd.signal(event);
        UringCompletions.await(ring, 1);
        assertThat(ring.result(0)).isEqualTo(Poll.POLLIN);
        assertThat(UringCqe.hasMore(ring.flags(0))).isTrue();
        ring.advance(ring.ready());
        assertThat(EventFd.drain(event)).isEqualTo(1);
      }
      UringPrepare.cancel(ring.nextSqe(), 0, 5, 0, 6);
      UringCompletions.await(ring, 2);
      assertThat(results(ring)).containsExactlyInAnyOrder(0, -Errno.ECANCELED);
    }
  }

  @Test
  void allCanBeCancelledAtOnce() throws Exception {
    int event = owned.fd(EventFd.create());
    try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
      UringPrepare.pollMultishot(ring.nextSqe(), 0, event, Poll.POLLIN, 1);
      UringPrepare.poll(ring.nextSqe(), 0, event, Poll.POLLIN, 2);
      assertThat(ring.submit()).isEqualTo(2);
      assertThat(UringCancel.cancelAll(ring.descriptor(), 1_000_000_000)).isNotNegative();
      assertThat(ring.submitAndWait(2)).isZero();
      assertThat(results(ring)).containsExactly(-Errno.ECANCELED, -Errno.ECANCELED);
    }
  }

  @Test
  void descriptorsAndMappingsAreGivenBack() throws Exception {
    int lowest = owned.fd(EventFd.create());
    for (int i = 0; i < 50; i++) {
      try (var ring = UringRing.open(8, 0, UringRing.LOOP)) {
        ring.close();
      }
    }
    assertThat(owned.fd(EventFd.create())).isLessThan(lowest + 10);
  }

  @Test
  void refusesWhatItIsNotMadeFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UringRing.open(8, 0, Uring.IORING_SETUP_SQE128));
    var refused = catchThrowableOfType(NativeException.class, () -> UringRing.open(1 << 20, 0, 0));
    assertThat(refused).hasMessageStartingWith("io_uring_setup: EINVAL");
  }

  private static int[] results(UringRing ring) {
    int[] results = new int[ring.ready()];
    for (int i = 0; i < results.length; i++) {
      results[i] = ring.result(i);
    }
    ring.advance(results.length);
    return results;
  }
}
