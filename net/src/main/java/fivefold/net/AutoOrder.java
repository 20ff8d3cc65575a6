package fivefold.net;

import static fivefold.net.IoModel.EPOLL;
import static fivefold.net.IoModel.IO_URING;
import static fivefold.net.IoModel.NIO;

import java.util.List;

/**
 * Which models {@link IoModel#auto()} tries, in which order: by CPU time per request, as
 * docs/benchmarks.md has it, of those that serve many connections from few threads. The other
 * models are there to be named.
 *
 * <p>Upper-case echo, microseconds per request (64 connections and 1,000 with 64 bytes, 64 with 16
 * KiB): epoll 3.58, 4.19, 5.62; io_uring 3.55, 3.92, 6.34; nio 3.65, 4.37, 5.88. What io_uring
 * saves on small messages is within the noise, what it costs on large ones is not, and it needs
 * more: a newer kernel, permission, locked memory. So epoll stands first.
 */
final class AutoOrder {
  /**
   * A model and its place.
   *
   * @param whyNotFirst why the one before it stands there, said when that one was taken; empty for
   *     the first
   */
  record Place(IoModel model, String whyNotFirst) {}

  /** The last one runs on every platform. */
  static final List<Place> PLACES =
      List.of(
          new Place(EPOLL, ""),
          new Place(IO_URING, "costs as much CPU as epoll, with 16 KiB messages 13 % more"),
          new Place(NIO, "costs 2 to 5 % more CPU than epoll, and makes garbage"));

  private AutoOrder() {}
}
