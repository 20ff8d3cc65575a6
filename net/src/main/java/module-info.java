import org.jspecify.annotations.NullMarked;

/** Servers, handlers and the I/O models. */
@NullMarked
module fivefold.net {
  requires static org.jspecify;
  requires fivefold.sys;
}
