package fivefold.net.multiplexing;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.loop.NativeAvailability;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.Transport;
import fivefold.sys.Kqueue;
import fivefold.sys.Platform;
import java.io.IOException;

/** Makes kqueue(2) pollers. Its sockets are the system's, and so it runs on Linux only. */
public final class KqueuePollerFactory implements PollerFactory {
  @Override
  public IoModel model() {
    return IoModel.KQUEUE;
  }

  @Override
  public Availability availability() {
    return availability(System.getProperty("os.name", "unknown"), Platform.isLinux());
  }

  static Availability availability(String os, boolean linux) {
    if (!linux && Kqueue.isOwnOf(os)) {
      return new Availability.Unavailable(
          "there is a kqueue, but the sockets beside it are made for Linux, and this is " + os,
          "choose nio: java.nio's Selector is a kqueue there");
    }
    Availability sockets = NativeAvailability.get();
    if (!sockets.isAvailable()) {
      return sockets;
    }
    return Kqueue.unavailable()
        .map(NativeAvailability::unavailable)
        .orElseGet(Availability.Available::new);
  }

  @Override
  public Poller open() throws IOException {
    return new KqueuePoller();
  }

  @Override
  public Transport transport() {
    return new NativeTransport();
  }

  /** On Linux it stands on epoll: never the best there. */
  @Override
  public int rank() {
    return 5;
  }
}
