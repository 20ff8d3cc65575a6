import org.jspecify.annotations.NullMarked;

/** libc and Linux calls as Java methods. */
@NullMarked
module fivefold.sys {
  requires static org.jspecify;
}
