package guide;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Greets, counts, asks whether anybody is there, and says good-bye. */
class Session implements StreamHandler {
  private long received;

  @Override
  public void onOpen(Connection peer) {
    peer.sendLine("welcome");
    peer.schedule(Duration.ofSeconds(5), () -> remind(peer));
  }

  private void remind(Connection peer) {
    if (received == 0) {
      peer.sendLine("are you there?");
    }
  }

  @Override
  public void onReceive(Connection peer, ByteBuffer data) {
    received += data.remaining();
  }

  @Override
  public void onEnd(Connection peer) {
    peer.sendLine("received " + received + " bytes");
    peer.close();
  }

  @Override
  public void onClose(Connection peer, CloseReason reason) {
    System.out.println(peer.remoteAddress() + " has left: " + reason.kind());
  }
}
