import org.jspecify.annotations.NullMarked;

/** Time and echo: handlers only. */
@NullMarked
module fivefold.services {
  requires static org.jspecify;
  requires transitive fivefold.net;

  exports fivefold.services;
}
