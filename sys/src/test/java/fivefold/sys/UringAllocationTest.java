package fivefold.sys;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A turn of a loop over a ring leaves nothing for the garbage collector. */
@NeedsUring
class UringAllocationTest {
  private final Owned owned = new Owned();
  private final long memory = owned.memory(1024);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void anEchoAllocatesNothing() throws Exception {
    int[] connection = owned.connection();
    try (var ring = UringRing.open(8, 0, UringRing.LOOP);
        var buffers = BufferRing.register(ring, 0, 4, 256, 0)) {
      ring.registerDescriptor();
      UringPrepare.recvMultishot(ring.nextSqe(), 0, connection[1], 0, 0, 1);
      ring.submit();
      AllocationTest.assertAllocatesNothing(() -> {
        Sockets.send(connection[0], memory, 64, Sockets.MSG_NOSIGNAL);
        ring.submitAndWait(1, 1_000_000_000);
        int id = UringCqe.bufferId(ring.flags(0));
        long data = buffers.take(id, ring.result(0));
        int skip = UringSqe.IOSQE_CQE_SKIP_SUCCESS;
        UringPrepare.send(ring.nextSqe(), skip, connection[1], data, ring.result(0), 0, 2);
        long seen = ring.userData(0) + ring.result(0);
        ring.advance(1);
        ring.submitAndPost();
        buffers.add(id);
        buffers.publish();
        return seen + Sockets.recv(connection[0], memory, 256, 0) + ring.ready();
      });
    }
  }
}
