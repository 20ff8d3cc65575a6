package fivefold.net.asynchronous;

import fivefold.net.loop.RemoteAddress;

/** A listening socket on a loop of rings; what its engine asks of it, on the loop. */
interface RingListener {
  void open();

  /** What was accepted in the same moment is closed when it is told. */
  void close();

  /** A connection has closed, of this loop or of another. */
  void maybeRoom();

  /** Takes a counted connection: its ring, its descriptor there, its peer. */
  interface Accepted {
    void accept(LoopRing ring, int descriptor, RemoteAddress peer);
  }
}
