package fivefold.net.tls;

/** Runs when the handshake should be done. */
record HandshakeDeadline(TlsStream stream) implements Runnable {
  @Override
  public void run() {
    Undeclared.by(stream::handshakeIsDue).run();
  }
}
