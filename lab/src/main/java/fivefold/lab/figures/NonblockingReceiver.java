package fivefold.lab.figures;

import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import java.io.IOException;

/** Non-blocking: asks again and again; each call returns at once, the last one with the bytes. */
record NonblockingReceiver(ReceivingSocket socket) implements Receiver {

  @Override
  public void prepare() throws IOException {
    ReceivingSocket.checked(
        "fcntl O_NONBLOCK", Descriptors.setNonBlocking(socket.descriptor(), true));
  }

  @Override
  public long receive(StepLog log) {
    long received;
    long from = System.nanoTime();
    long lastNanos = from + ReceivingSocket.PATIENCE_NANOS;
    do {
      from = System.nanoTime();
      received = socket.receive();
      log.add(Doing.RECV, from, received);
    } while (received == -Errno.EAGAIN && from < lastNanos);
    return received;
  }

  @Override
  public void close() {}
}
