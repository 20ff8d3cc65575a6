package fivefold.lab.figures;

import fivefold.sys.Errno;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringRing;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous: the thread says where the bytes shall go and does other work; when it sees the
 * completion in memory they are there.
 *
 * <p>The ring has no flags. With DEFER_TASKRUN, as the engine uses it, the kernel would copy only
 * when the thread calls it to wait, and there would be no "outside of any call" to see.
 */
final class UringReceiver implements Receiver {
  private static final int ENTRIES = 4;

  private final ReceivingSocket socket;
  private final OtherWork work;
  private @Nullable UringRing ring;

  UringReceiver(ReceivingSocket socket, OtherWork work) {
    this.socket = socket;
    this.work = work;
  }

  @Override
  public void prepare() throws IOException {
    ring = UringRing.open(ENTRIES, 0, 0);
  }

  @Override
  public long receive(StepLog log) {
    UringRing opened = ring;
    if (opened == null) {
      throw new IllegalStateException("prepare() comes first");
    }
    UringPrepare.recv(
        opened.nextSqe(), 0, socket.descriptor(), socket.buffer(), socket.bytes(), 0, 1);
    long from = System.nanoTime();
    long lastNanos = from + ReceivingSocket.PATIENCE_NANOS;
    int submitted = opened.submit();
    log.add(Doing.IO_URING_ENTER, from, submitted);
    if (submitted < 0) {
      return submitted;
    }
    while (opened.ready() == 0) {
      if (work.piece(log) > lastNanos) {
        return -Errno.EAGAIN;
      }
    }
    long received = opened.result(0);
    opened.advance(1);
    return received;
  }

  @Override
  public void close() {
    if (ring != null) {
      ring.close();
    }
  }
}
