import org.jspecify.annotations.NullMarked;

/** A server's counts and times as Micrometer's meters, and as a page for Prometheus. */
@NullMarked
module fivefold.metrics {
  requires static org.jspecify;
  requires transitive fivefold.net;
  requires transitive micrometer.core;
  requires jdk.httpserver;
  requires micrometer.registry.prometheus;

  exports fivefold.metrics;
}
