package guide;

import fivefold.net.IoModel;
import fivefold.net.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

class Sensors {
  static Server start(int port, InetSocketAddress gateway, LongConsumer delayNanos)
      throws IOException {
    return Server.udp(
            port,
            (peer, reading) -> {
              Instant now = Instant.now();
              long nowNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
              delayNanos.accept(nowNanos - peer.receivedEpochNanos());
              peer.reply(reading);
            })
        .model(IoModel.EPOLL)
        .peer(gateway)
        .timestamps(true)
        .receiveOffload(true)
        .batch(128)
        .start();
  }
}
