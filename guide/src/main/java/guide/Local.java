package guide;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.PeerCredentials;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Greets processes of this machine by their user. */
class Local implements StreamHandler {
  static Server start(Path path, IoModel model) throws IOException {
    return Server.unix(path, Local::new)
        .permissions(PosixFilePermissions.fromString("rw-rw----"))
        .model(model)
        .start();
  }

  @Override
  public void onOpen(Connection peer) {
    peer.sendLine(PeerCredentials.of(peer).map(who -> "user " + who.uid()).orElse("user not told"));
  }

  @Override
  public void onReceive(Connection peer, ByteBuffer data) {
    peer.send(data);
  }
}
