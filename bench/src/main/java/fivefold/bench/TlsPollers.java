package fivefold.bench;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.Transport;
import java.io.IOException;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;

/** Waits as another does, and speaks TLS. */
record TlsPollers(PollerFactory below, Supplier<SSLEngine> engines) implements PollerFactory {
  @Override
  public IoModel model() {
    return below.model();
  }

  @Override
  public Availability availability() {
    return below.availability();
  }

  @Override
  public Poller open() throws IOException {
    return below.open();
  }

  @Override
  public Transport transport() {
    return new TlsTransport(below.transport(), engines);
  }

  @Override
  public int rank() {
    return below.rank();
  }
}
