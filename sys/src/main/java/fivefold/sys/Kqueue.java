package fivefold.sys;

import java.lang.foreign.SymbolLookup;
import java.util.Locale;
import java.util.Optional;

/**
 * kqueue(2), of the system's library on macOS, FreeBSD and OpenBSD, and of libkqueue on Linux.
 *
 * <p>Ask {@link #unavailable} first. Results are what the call returns, or {@code -errno} in the
 * numbers of the system. Any thread may call; {@link #wait} blocks and must not be called on a
 * virtual thread.
 *
 * <pre>{@code
 * Kqueue.put(array, 0, fd, Kqueue.EVFILT_READ, Kqueue.EV_ADD, data);
 * int events = Kqueue.wait(kq, array, 1, array, 256, -1); // a change first, then what happened
 * for (int i = 0; i < events; i++) {
 *   handle(Kqueue.data(array, i), Kqueue.filter(array, i), Kqueue.flags(array, i));
 * }
 * }</pre>
 */
public final class Kqueue {
  public static final int EVFILT_READ = -1;
  public static final int EVFILT_WRITE = -2;

  public static final int EV_ADD = 0x1;
  public static final int EV_DELETE = 0x2;
  public static final int EV_ENABLE = 0x4;
  public static final int EV_DISABLE = 0x8;
  public static final int EV_ONESHOT = 0x10;
  public static final int EV_CLEAR = 0x20;

  /** Of a change: tells how it went, as an event with {@link #EV_ERROR}, and takes no others. */
  public static final int EV_RECEIPT = 0x40;

  /** The change failed, or with {@link #EV_RECEIPT} was made: {@link #number} is the error or 0. */
  public static final int EV_ERROR = 0x4000;

  /** The peer has ended its side. */
  public static final int EV_EOF = 0x8000;

  /** Size of a struct kevent; FreeBSD 12 has put 32 bytes behind what the others have. */
  public static final int EVENT_BYTES = eventBytes(System.getProperty("os.name", ""));

  static final int IDENT_OFFSET = 0;
  static final int FILTER_OFFSET = 8;
  static final int FLAGS_OFFSET = 10;
  static final int FFLAGS_OFFSET = 12;
  static final int NUMBER_OFFSET = 16;
  static final int DATA_OFFSET = 24;

  private static final String LIBRARY = "libkqueue.so.0";

  private Kqueue() {}

  static int eventBytes(String os) {
    return os.equals("FreeBSD") ? 64 : 32;
  }

  /** Why kqueue cannot be used here, and what to do; empty when it can. Never throws. */
  public static Optional<String> unavailable() {
    return unavailable(System.getProperty("os.name", "unknown"));
  }

  static Optional<String> unavailable(String os) {
    if (!isLinux(os) && !isOwnOf(os)) {
      return Optional.of(
          "needs macOS, FreeBSD, OpenBSD, or Linux with libkqueue, and this is "
              + os
              + ": choose nio");
    }
    try {
      Native.link(library(os), "kqueue");
      return Optional.empty();
    } catch (IllegalArgumentException notFound) {
      return Optional.of(
          "needs "
              + LIBRARY
              + ": install libkqueue (where it is packaged: apt-get install libkqueue0), or choose"
              + " epoll, on which it stands");
    } catch (UnsupportedOperationException | IllegalCallerException | LinkageError denied) {
      return Optional.of(Platform.unavailable().orElse("native calls do not work: " + denied));
    }
  }

  private static boolean isLinux(String os) {
    return os.equals("Linux");
  }

  /** Whether the system has a kqueue of its own. */
  public static boolean isOwnOf(String os) {
    return os.toLowerCase(Locale.ROOT).startsWith("mac")
        || os.equals("FreeBSD")
        || os.equals("OpenBSD");
  }

  private static SymbolLookup library(String os) {
    return isLinux(os) ? Native.library(LIBRARY) : Native.systemLibrary();
  }

  /**
   * kqueue(2).
   *
   * @return the descriptor, not inherited by a started program where the system knows kqueue itself
   */
  public static int create() {
    return Calls.KQUEUE.once();
  }

  /**
   * kevent(2): makes changes, and then waits for events, which may be stored over the changes.
   * {@code -EINTR} is returned, not repeated: the changes have been made then.
   *
   * @param changes address of entries written by {@link #put}
   * @param events address of {@code max} times {@link #EVENT_BYTES}; with 0 of them it does not
   *     wait
   * @param timeoutNanos 0 returns at once, negative waits for ever
   * @return the number of events
   */
  public static int wait(
      int kq, long changes, int changeCount, long events, int max, long timeoutNanos) {
    if (timeoutNanos < 0) {
      return Calls.KEVENT.once(kq, changes, changeCount, events, max, 0);
    }
    CallState state = CallState.take();
    try {
      Timespec.put(state.struct(), timeoutNanos);
      return Calls.KEVENT.once(kq, changes, changeCount, events, max, state.struct());
    } finally {
      state.release();
    }
  }

  /**
   * Writes one change.
   *
   * @param filter {@link #EVFILT_READ} or {@link #EVFILT_WRITE}; a descriptor may have both
   * @param flags a set of the EV constants
   * @param data what {@link #data} gives back with each event
   */
  public static void put(long array, int index, int fd, int filter, int flags, long data) {
    long event = array + (long) index * EVENT_BYTES;
    Memory.setZero(event, EVENT_BYTES);
    Memory.putLong(event + IDENT_OFFSET, fd);
    Memory.putShort(event + FILTER_OFFSET, (short) filter);
    Memory.putShort(event + FLAGS_OFFSET, (short) flags);
    Memory.putLong(event + DATA_OFFSET, data);
  }

  /** The descriptor of an event. */
  public static int descriptor(long array, int index) {
    return (int) Memory.getLong(array + (long) index * EVENT_BYTES + IDENT_OFFSET);
  }

  /** {@link #EVFILT_READ} or {@link #EVFILT_WRITE}. */
  public static int filter(long array, int index) {
    return Memory.getShort(array + (long) index * EVENT_BYTES + FILTER_OFFSET);
  }

  /** {@link #EV_EOF} and {@link #EV_ERROR} among others. */
  public static int flags(long array, int index) {
    return Short.toUnsignedInt(Memory.getShort(array + (long) index * EVENT_BYTES + FLAGS_OFFSET));
  }

  /** Bytes or connections that wait, room to write, or with {@link #EV_ERROR} the error. */
  public static long number(long array, int index) {
    return Memory.getLong(array + (long) index * EVENT_BYTES + NUMBER_OFFSET);
  }

  /** The data that the descriptor was added with. */
  public static long data(long array, int index) {
    return Memory.getLong(array + (long) index * EVENT_BYTES + DATA_OFFSET);
  }

  private static final class Calls {
    private static final SymbolLookup SYSTEM = library(System.getProperty("os.name", ""));
    static final SystemCall KQUEUE = SystemCall.of(SYSTEM, "kqueue");
    static final SystemCall KEVENT = SystemCall.of(SYSTEM, "kevent");
  }
}
