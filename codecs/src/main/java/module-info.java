import org.jspecify.annotations.NullMarked;

/** Netty's codecs on every I/O model: a pipeline as a handler. */
@NullMarked
module fivefold.codecs {
  requires static org.jspecify;
  requires transitive fivefold.net;
  requires transitive io.netty.buffer;
  requires transitive io.netty.common;
  requires transitive io.netty.transport;

  exports fivefold.codecs;
}
