import org.jspecify.annotations.NullMarked;

/** One handler, every I/O model: servers, handlers, event loops. */
@NullMarked
module fivefold.net {
  requires static org.jspecify;
  requires fivefold.sys;
  requires static jdk.jfr;

  exports fivefold.net;
  exports fivefold.net.client;
  exports fivefold.net.framing;
  exports fivefold.net.loop;
  exports fivefold.net.timeline;
  exports fivefold.net.tls;
  exports fivefold.net.style;

  uses fivefold.net.EngineProvider;
  uses fivefold.net.Probe;
  uses fivefold.net.loop.PollerFactory;

  // One room for each I/O model of the textbook. On the class path META-INF/services says the same.
  provides fivefold.net.EngineProvider with
      fivefold.net.blocking.BlockingRoom,
      fivefold.net.blocking.process.ProcessRoom,
      fivefold.net.nonblocking.NonblockingRoom,
      fivefold.net.multiplexing.MultiplexingRoom,
      fivefold.net.signaldriven.SignalDrivenRoom,
      fivefold.net.asynchronous.AsynchronousRoom;
  provides fivefold.net.loop.PollerFactory with
      fivefold.net.multiplexing.EpollPollerFactory,
      fivefold.net.multiplexing.PollPollerFactory,
      fivefold.net.multiplexing.SelectPollerFactory,
      fivefold.net.multiplexing.NioPollerFactory,
      fivefold.net.multiplexing.KqueuePollerFactory;
  provides fivefold.net.Probe with
      fivefold.net.flight.FlightProbe;
}
