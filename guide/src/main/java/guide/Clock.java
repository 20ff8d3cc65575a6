package guide;

import fivefold.net.IoModel;
import fivefold.net.Server;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneOffset;

class Clock {
  static Server start(int port, IoModel model) throws IOException {
    return Server.udp(
            port, (peer, datagram) -> peer.reply(LocalTime.now(ZoneOffset.UTC).toString()))
        .model(model)
        .replyBeyondBytes(18)
        .datagramLimitBytes(512)
        .start();
  }
}
