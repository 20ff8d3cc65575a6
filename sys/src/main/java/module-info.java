import org.jspecify.annotations.NullMarked;

/**
 * libc and Linux as Java methods: results or {@code -errno}, addresses as {@code long}.
 *
 * <p>Ask {@link fivefold.sys.Platform#unavailable} first: nothing else here but {@link
 * fivefold.sys.Kqueue} loads elsewhere than on Linux.
 */
@NullMarked
module fivefold.sys {
  requires static org.jspecify;

  exports fivefold.sys;
}
