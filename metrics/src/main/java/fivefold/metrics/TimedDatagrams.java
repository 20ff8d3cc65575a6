package fivefold.metrics;

import fivefold.net.DatagramHandler;
import fivefold.net.DatagramPeer;
import io.micrometer.core.instrument.Timer;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** Times the calls of a handler of datagrams. */
record TimedDatagrams(DatagramHandler handler, Timer timer) implements DatagramHandler {

  @Override
  public void onDatagram(DatagramPeer peer, ByteBuffer datagram) throws Exception {
    long beganNanos = System.nanoTime();
    try {
      handler.onDatagram(peer, datagram);
    } finally {
      timer.record(System.nanoTime() - beganNanos, TimeUnit.NANOSECONDS);
    }
  }
}
