package fivefold.lab.crowd;

import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.SocketAddresses;
import fivefold.sys.Sockets;
import fivefold.sys.UringFiles;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringRing;
import fivefold.sys.UringSqe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Clients on one ring, each on a direct descriptor: connects them, has each ask and checks the
 * answer, lets each hear a broadcast, and closes them. Belongs to one thread.
 */
final class CrowdRing implements AutoCloseable {
  private static final int SUBMISSIONS = 1024;
  private static final int COMPLETIONS = 4096;

  /** Connects under way at once: well below any backlog. */
  private static final int CONNECTS = 512;

  /** Asking at once. */
  private static final int SLOTS = 256;

  /**
   * So many share a source address. The kernel has 28,232 ports for each (ip_local_port_range), and
   * looks for a free one the longer the fewer are left.
   */
  private static final int PER_ADDRESS = 8192;

  /** In ip(7): the port is chosen by connect(2), when the whole tuple is known. */
  private static final int IP_BIND_ADDRESS_NO_PORT = 24;

  private static final long STEP = 1L << 40;
  private static final long LOOK_NANOS = 100_000_000;
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int QUIET =
      UringSqe.IOSQE_IO_LINK | UringSqe.IOSQE_CQE_SKIP_SUCCESS | UringSqe.IOSQE_FIXED_FILE;

  private final UringRing ring = UringRing.open(SUBMISSIONS, COMPLETIONS, UringRing.LOOP);
  private final int first;
  private final int count;
  private final long memory;
  private final long server;
  private final int serverBytes;
  private final long one;
  private final long sources;
  private final long messages;
  private int connected;
  private @Nullable String failure;

  /** What is told while it goes on. */
  interface Tick {
    /** So many more are done. */
    void done(int more);
  }

  /**
   * For so many connections to the server.
   *
   * @param first the number of the first of them
   */
  CrowdRing(InetSocketAddress server, int first, int count) throws IOException {
    this.first = first;
    this.count = count;
    int result = UringFiles.register(ring.descriptor(), count);
    if (result < 0) {
      ring.close();
      throw NativeException.of("a table of " + count + " direct descriptors", result);
    }
    int addresses = count / PER_ADDRESS + 2;
    memory =
        Memory.allocate(
            SocketAddresses.STORAGE_BYTES
                + Long.BYTES
                + (long) addresses * SocketAddresses.STORAGE_BYTES
                + 2L * SLOTS * CrowdMessage.BYTES);
    this.server = memory;
    serverBytes = SocketAddresses.encode(server, this.server);
    one = memory + SocketAddresses.STORAGE_BYTES;
    Memory.putInt(one, 1);
    sources = one + Long.BYTES;
    for (int i = 0; i < addresses; i++) {
      int number = first / PER_ADDRESS + i;
      byte[] octets = {127, 0, (byte) (1 + number / 250), (byte) (1 + number % 250)};
      SocketAddresses.encode(
          new InetSocketAddress(InetAddress.getByAddress(octets), 0),
          sources + (long) i * SocketAddresses.STORAGE_BYTES);
    }
    messages = sources + (long) addresses * SocketAddresses.STORAGE_BYTES;
  }

  /** The number of the first of its connections. */
  int first() {
    return first;
  }

  /** How many are connected. */
  int connected() {
    return connected;
  }

  /** Why the first of those that failed did; null when none has. */
  @Nullable String failure() {
    return failure;
  }

  /** Connects all; how many that could be done with. */
  int connect(Tick tick) {
    int next = 0;
    int open = 0;
    while (next < count || open > 0) {
      while (next < count && open < CONNECTS && ring.freeSqes() >= 4) {
        connect(next++);
        open++;
      }
      ring.submitAndWait(1);
      int before = connected;
      int ready = ring.ready();
      for (int i = 0; i < ready; i++) {
        int result = ring.result(i);
        if (ring.userData(i) >= STEP) {
          // A step before the connect, which is then cancelled.
          fail(result);
        } else {
          open--;
          if (result == 0) {
            connected++;
          } else if (result != -Errno.ECANCELED) {
            fail(result);
          }
        }
      }
      ring.advance(ready);
      tick.done(connected - before);
    }
    return connected;
  }

  private void fail(int result) {
    if (failure == null && result != -Errno.ECANCELED) {
      failure = Errno.describe(-result);
    }
  }

  private void connect(int index) {
    int step = UringSqe.IOSQE_IO_LINK | UringSqe.IOSQE_CQE_SKIP_SUCCESS;
    UringPrepare.socketDirect(
        ring.nextSqe(), step, Sockets.AF_INET, Sockets.SOCK_STREAM, index, STEP);
    UringPrepare.socketOption(
        ring.nextSqe(),
        QUIET,
        index,
        Sockets.IPPROTO_IP,
        IP_BIND_ADDRESS_NO_PORT,
        one,
        Integer.BYTES,
        STEP);
    int address = (first + index) / PER_ADDRESS - first / PER_ADDRESS;
    UringPrepare.bind(
        ring.nextSqe(),
        QUIET,
        index,
        sources + (long) address * SocketAddresses.STORAGE_BYTES,
        serverBytes,
        STEP);
    UringPrepare.connect(
        ring.nextSqe(), UringSqe.IOSQE_FIXED_FILE, index, server, serverBytes, index);
  }

  /**
   * Has each send a message and wait for the answer to it; how many were right, when all have been
   * answered or for a while none has.
   */
  int ask(Tick tick) {
    int[] free = new int[SLOTS];
    int freeCount = SLOTS;
    for (int i = 0; i < SLOTS; i++) {
      free[i] = i;
    }
    int next = 0;
    int right = 0;
    while (next < count || freeCount < SLOTS) {
      while (next < count && freeCount > 0 && ring.freeSqes() >= 2) {
        ask(next++, free[--freeCount]);
      }
      int ready = awaitSome();
      if (ready == 0) {
        return right;
      }
      int before = right;
      for (int i = 0; i < ready; i++) {
        long userData = ring.userData(i);
        if (userData >= STEP) {
          fail(ring.result(i));
          continue;
        }
        int slot = (int) (userData >>> 32);
        free[freeCount++] = slot;
        int index = (int) userData;
        if (ring.result(i) == CrowdMessage.BYTES
            && CrowdMessage.isAnswer(answer(slot), first + index)) {
          right++;
        } else {
          fail(Math.min(ring.result(i), -Errno.EBADMSG));
        }
      }
      ring.advance(ready);
      tick.done(right - before);
    }
    return right;
  }

  private void ask(int index, int slot) {
    long message = messages + (long) slot * CrowdMessage.BYTES;
    CrowdMessage.put(message, first + index);
    int flags = Sockets.MSG_NOSIGNAL | Sockets.MSG_WAITALL;
    UringPrepare.send(ring.nextSqe(), QUIET, index, message, CrowdMessage.BYTES, flags, STEP);
    UringPrepare.recv(
        ring.nextSqe(),
        UringSqe.IOSQE_FIXED_FILE,
        index,
        answer(slot),
        CrowdMessage.BYTES,
        Sockets.MSG_WAITALL,
        (long) slot << 32 | index);
  }

  private long answer(int slot) {
    return messages + (long) (SLOTS + slot) * CrowdMessage.BYTES;
  }

  /**
   * Has one of them send bytes, and hears on it until what has come ends with others.
   *
   * @return all that has come; null when the connection broke first
   */
  byte @Nullable [] sayAndHear(int index, byte[] said, byte[] end) {
    Memory.copy(said, 0, messages, said.length);
    UringPrepare.send(
        ring.nextSqe(),
        UringSqe.IOSQE_FIXED_FILE,
        index,
        messages,
        said.length,
        Sockets.MSG_NOSIGNAL,
        STEP);
    int sent = only();
    if (sent != said.length) {
      fail(Math.min(sent, -Errno.EBADMSG));
      return null;
    }
    byte[] heard = new byte[0];
    while (!endsWith(heard, end)) {
      UringPrepare.recv(
          ring.nextSqe(), UringSqe.IOSQE_FIXED_FILE, index, answer(0), CrowdMessage.BYTES, 0, STEP);
      int count = only();
      if (count <= 0) {
        fail(Math.min(count, -Errno.ECONNRESET));
        return null;
      }
      int before = heard.length;
      heard = Arrays.copyOf(heard, before + count);
      Memory.copy(answer(0), heard, before, count);
    }
    return heard;
  }

  /** Waits for completions; how many there are, none when for a while there was none. */
  private int awaitSome() {
    long endNanos = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() - endNanos < 0) {
      ring.submitAndWait(1, LOOK_NANOS);
      if (ring.ready() > 0) {
        return ring.ready();
      }
    }
    fail(-Errno.ETIMEDOUT);
    return 0;
  }

  /** Waits for the one request under way; the call may come back before it is done. */
  private int only() {
    do {
      ring.submitAndWait(1);
    } while (ring.ready() == 0);
    int result = ring.result(0);
    ring.advance(1);
    return result;
  }

  private static boolean endsWith(byte[] bytes, byte[] end) {
    int from = bytes.length - end.length;
    return from >= 0 && Arrays.equals(bytes, from, bytes.length, end, 0, end.length);
  }

  /**
   * Lets each hear the same bytes; how many did, when all have or for a while none has.
   *
   * @param but one that has heard them already; -1 for none
   */
  int hearAll(byte[] expected, int but, Tick tick) {
    int[] free = new int[SLOTS];
    int freeCount = SLOTS;
    for (int i = 0; i < SLOTS; i++) {
      free[i] = i;
    }
    byte[] got = new byte[expected.length];
    int next = 0;
    int right = 0;
    while (next < count || freeCount < SLOTS) {
      for (; next < count && freeCount > 0; next++) {
        if (next != but) {
          // One receive for each slot at most, and the queue has room for more than that.
          int slot = free[--freeCount];
          UringPrepare.recv(
              ring.nextSqe(),
              UringSqe.IOSQE_FIXED_FILE,
              next,
              answer(slot),
              expected.length,
              Sockets.MSG_WAITALL,
              slot);
        }
      }
      int ready = awaitSome();
      if (ready == 0) {
        return right;
      }
      int before = right;
      for (int i = 0; i < ready; i++) {
        int slot = (int) ring.userData(i);
        free[freeCount++] = slot;
        Memory.copy(answer(slot), got, 0, got.length);
        if (ring.result(i) == got.length && Arrays.equals(got, expected)) {
          right++;
        } else {
          fail(Math.min(ring.result(i), -Errno.EBADMSG));
        }
      }
      ring.advance(ready);
      tick.done(right - before);
    }
    return right;
  }

  /** Ends all of them. */
  void hangUp(Tick tick) {
    int next = 0;
    while (next < count) {
      int from = next;
      while (next < count && ring.freeSqes() > 0) {
        UringPrepare.closeDirect(ring.nextSqe(), UringSqe.IOSQE_CQE_SKIP_SUCCESS, next++, STEP);
      }
      ring.submitAndPost();
      ring.advance(ring.ready());
      tick.done(next - from);
    }
  }

  @Override
  public void close() {
    ring.close();
    Memory.free(memory);
  }
}
