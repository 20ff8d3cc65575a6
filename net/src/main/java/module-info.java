import org.jspecify.annotations.NullMarked;

/** One handler, every I/O model: servers, handlers, event loops. */
@NullMarked
module fivefold.net {
  requires static org.jspecify;
  requires fivefold.sys;

  exports fivefold.net;
  exports fivefold.net.framing;

  uses fivefold.net.EngineProvider;
}
