import org.jspecify.annotations.NullMarked;

/** The chat in a browser: HTTP and WebSocket beside lines, on every I/O model. */
@NullMarked
module fivefold.web {
  requires static org.jspecify;
  requires transitive fivefold.services;
  requires fivefold.codecs;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.compression;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires tools.jackson.core;

  exports fivefold.web;
}
