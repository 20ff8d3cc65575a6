import org.jspecify.annotations.NullMarked;

/** The conformance suite every I/O model passes. */
@NullMarked
module fivefold.testkit {
  requires static org.jspecify;
  requires fivefold.net;
  requires org.junit.jupiter.params;
  requires org.assertj.core;
}
