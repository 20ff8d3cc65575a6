package fivefold.net.flight;

import fivefold.net.DatagramHandler;
import fivefold.net.DatagramPeer;
import fivefold.net.HandlerCall;
import java.nio.ByteBuffer;

/** One event for each datagram, kept if it took longer than the recording's threshold. */
record FlightDatagrams(DatagramHandler handler) implements DatagramHandler {

  @Override
  public void onDatagram(DatagramPeer peer, ByteBuffer datagram) throws Exception {
    if (!FlightProbe.isRecording()) {
      handler.onDatagram(peer, datagram);
      return;
    }
    HandlerCallEvent event = new HandlerCallEvent();
    event.begin();
    try {
      handler.onDatagram(peer, datagram);
    } finally {
      event.end();
      if (event.shouldCommit()) {
        event.call = HandlerCall.RECEIVE.name();
        event.peer = peer.address().toString();
        event.commit();
      }
    }
  }
}
