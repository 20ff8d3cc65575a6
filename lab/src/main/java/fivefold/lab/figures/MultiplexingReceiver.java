package fivefold.lab.figures;

import fivefold.sys.Descriptors;
import java.io.IOException;

/** Multiplexing: one call waits until the descriptor is ready, a second one fetches the bytes. */
record MultiplexingReceiver(ReceivingSocket socket, Readiness readiness) implements Receiver {

  @Override
  public void prepare() throws IOException {
    ReceivingSocket.checked(
        "fcntl O_NONBLOCK", Descriptors.setNonBlocking(socket.descriptor(), true));
    readiness.watch(socket.descriptor());
  }

  @Override
  public long receive(StepLog log) {
    long from = System.nanoTime();
    int ready = readiness.await();
    log.add(readiness.call(), from, ready);
    if (ready <= 0) {
      return ready;
    }
    from = System.nanoTime();
    long received = socket.receive();
    log.add(Doing.RECV, from, received);
    return received;
  }

  @Override
  public void close() {
    readiness.close();
  }
}
