package guide;

import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;

/** An echo that stops reading from a peer that does not read its answers. */
class Polite implements StreamHandler {
  @Override
  public void onReceive(Connection peer, ByteBuffer data) {
    peer.send(data);
    if (!peer.isWritable()) {
      peer.pauseReading();
    }
  }

  @Override
  public void onWritable(Connection peer) {
    peer.resumeReading();
  }
}
