package fivefold.testkit;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamServerBuilder;
import java.io.IOException;

/** Starts servers to test, on a free port of the loopback address. */
public final class Servers {
  private Servers() {}

  /** A server whose handlers and listener are the recorder's, to be given more options. */
  public static StreamServerBuilder recorded(IoModel model, Recorder recorder) {
    return Server.tcp(0, recorder).model(model).listener(recorder);
  }

  public static Server start(IoModel model, Recorder recorder) throws IOException {
    return recorded(model, recorder).start();
  }
}
