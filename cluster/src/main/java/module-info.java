import org.jspecify.annotations.NullMarked;

/** Chat servers that are one, through NATS JetStream. */
@NullMarked
module fivefold.cluster {
  requires static org.jspecify;
  requires transitive fivefold.services;
  requires io.nats.jnats;

  exports fivefold.cluster;
}
