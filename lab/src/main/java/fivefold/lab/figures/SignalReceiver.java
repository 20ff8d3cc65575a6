package fivefold.lab.figures;

import fivefold.sys.Descriptors;
import fivefold.sys.Memory;
import fivefold.sys.Processes;
import fivefold.sys.Signals;
import fivefold.sys.Sockets;
import java.io.IOException;

/**
 * Signal-driven: the kernel queues a signal when the datagram is there, and the thread does other
 * work meanwhile. As no Java may run inside a signal handler, the signal is blocked, and the thread
 * looks into its queue between two pieces of work.
 */
final class SignalReceiver implements Receiver {
  private static final int READY = Signals.realTimeMin() + 3;

  private final ReceivingSocket socket;
  private final OtherWork work;
  private final long set = Memory.allocate(Signals.SET_BYTES);
  private final long info = Memory.allocate(Signals.INFO_BYTES);

  SignalReceiver(ReceivingSocket socket, OtherWork work) {
    this.socket = socket;
    this.work = work;
  }

  @Override
  public void prepare() throws IOException {
    int fd = socket.descriptor();
    Signals.ignore(READY);
    Signals.ignore(Signals.SIGIO);
    Signals.add(set, READY);
    Signals.add(set, Signals.SIGIO);
    ReceivingSocket.checked("pthread_sigmask", Signals.mask(Signals.SIG_BLOCK, set));
    ReceivingSocket.checked("fcntl F_SETOWN_EX", Descriptors.setSignalOwner(fd, Processes.tid()));
    ReceivingSocket.checked("fcntl F_SETSIG", Descriptors.setSignal(fd, READY));
    ReceivingSocket.checked(
        "fcntl O_ASYNC",
        Descriptors.setFlags(
            fd, Descriptors.getFlags(fd) | Descriptors.O_ASYNC | Descriptors.O_NONBLOCK));
  }

  @Override
  public long receive(StepLog log) {
    long from = System.nanoTime();
    long lastNanos = from + ReceivingSocket.PATIENCE_NANOS;
    int signal = Signals.wait(set, info, 0);
    log.add(Doing.SIGTIMEDWAIT, from, signal);
    while (signal < 0 && from < lastNanos) {
      work.piece(log);
      from = System.nanoTime();
      signal = Signals.wait(set, info, 0);
      log.add(Doing.SIGTIMEDWAIT, from, signal);
    }
    if (signal < 0) {
      return signal;
    }
    from = System.nanoTime();
    long received = Sockets.recv(socket.descriptor(), socket.buffer(), socket.bytes(), 0);
    log.add(Doing.RECV, from, received);
    return received;
  }

  @Override
  public void close() {
    int fd = socket.descriptor();
    Descriptors.setFlags(fd, Descriptors.getFlags(fd) & ~Descriptors.O_ASYNC);
    Memory.free(set);
    Memory.free(info);
  }
}
