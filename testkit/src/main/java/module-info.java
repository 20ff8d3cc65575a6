import org.jspecify.annotations.NullMarked;

/** The conformance suite every I/O model passes. */
@NullMarked
module fivefold.testkit {
  requires static org.jspecify;
  requires transitive fivefold.net;
  requires transitive org.junit.jupiter.api;
  requires fivefold.sys;
  requires org.junit.jupiter.params;
  requires org.assertj.core;
  requires jdk.management;

  exports fivefold.testkit;
  exports fivefold.testkit.conformance;
  exports fivefold.testkit.sim;

  opens fivefold.testkit.conformance;
}
