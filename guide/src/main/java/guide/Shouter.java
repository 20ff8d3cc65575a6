package guide;

import fivefold.net.Server;
import fivefold.net.framing.Framing;
import java.io.IOException;
import java.util.Locale;

class Shouter {
  static Server start(int port) throws IOException {
    return Server.tcp(
            port,
            () -> Framing.lines(4096, (peer, line) -> peer.sendLine(line.toUpperCase(Locale.ROOT))))
        .start();
  }
}
