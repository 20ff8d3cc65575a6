package fivefold.net.blocking;

import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.ServerStats;
import java.nio.channels.DatagramChannel;

/**
 * The blocking driver for a datagram socket that was bound elsewhere, on a thread of its own. Any
 * thread may call.
 */
public final class AdoptedDatagrams implements AutoCloseable {
  private final BlockingDatagramEngine engine;
  private final DatagramChannel channel;

  /** Ready to serve. */
  public AdoptedDatagrams(
      DatagramOptions options, DatagramHandler handler, DatagramChannel channel) {
    this.engine = new BlockingDatagramEngine(options, handler, 1, Workers.platform());
    this.channel = channel;
  }

  public void start() {
    engine.receive(channel);
  }

  public ServerStats stats() {
    return engine.stats();
  }

  @Override
  public void close() {
    engine.stopAccepting();
    engine.terminate();
  }
}
