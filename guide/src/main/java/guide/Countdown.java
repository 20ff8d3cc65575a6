package guide;

import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;

/** Sends a million lines, as fast as the peer reads and no faster. */
class Countdown implements StreamHandler {
  private int next = 1_000_000;

  @Override
  public void onOpen(Connection peer) {
    goOn(peer);
  }

  @Override
  public void onWritable(Connection peer) {
    goOn(peer);
  }

  private void goOn(Connection peer) {
    while (next > 0 && peer.isWritable()) {
      peer.sendLine("" + next--);
    }
    if (next == 0) {
      peer.close(); // after what still waits
    }
  }

  @Override
  public void onReceive(Connection peer, ByteBuffer data) {
    // What the peer says does not matter here.
  }
}
