package fivefold.lab.figures;

/** Blocking: one call, which returns with the bytes. */
record BlockingReceiver(ReceivingSocket socket) implements Receiver {

  @Override
  public void prepare() {}

  @Override
  public long receive(StepLog log) {
    long from = System.nanoTime();
    long received = socket.receive();
    log.add(Doing.RECV, from, received);
    return received;
  }

  @Override
  public void close() {}
}
