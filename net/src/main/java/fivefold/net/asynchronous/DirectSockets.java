package fivefold.net.asynchronous;

import fivefold.net.PeerCredentials;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.OpenFile;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.Sockets;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringSqe;
import java.net.SocketAddress;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sockets on direct descriptors: entries of the ring's own table, which the process's limit does
 * not count. Only requests of this ring reach them; for what has no request an ordinary descriptor
 * is made for a moment.
 *
 * <p>Keeps the books of the table, so that no accept is under way that would find it full: that
 * connection would be lost.
 */
final class DirectSockets implements RingSockets {
  private final LoopRing ring;
  private final NativeTransport transport;
  private final long resetOption = Memory.allocate(Sockets.LINGER_BYTES);
  private int free;

  DirectSockets(LoopRing ring, NativeTransport transport, int entries) {
    this.ring = ring;
    this.transport = transport;
    this.free = entries;
    Sockets.putLinger(resetOption, true, 0);
  }

  /** Sets an entry aside for a connection to come; false when the table is full. */
  boolean reserve() {
    if (free == 0) {
      return false;
    }
    free--;
    return true;
  }

  /** The connection did not come. */
  void giveBack() {
    free++;
  }

  @Override
  public int requestFlags() {
    return UringSqe.IOSQE_FIXED_FILE;
  }

  @Override
  public void endOutput(int descriptor) {
    int ordinary = ring.install(descriptor);
    if (ordinary >= 0) {
      Sockets.shutdown(ordinary, Sockets.SHUT_WR);
      Descriptors.close(ordinary);
    } else {
      // By a worker thread of the kernel (io_uring always runs it there), so not the first choice.
      UringPrepare.shutdown(
          ring.sqe(),
          requestFlags() | UringSqe.IOSQE_CQE_SKIP_SUCCESS,
          descriptor,
          Sockets.SHUT_WR,
          UserData.ofIgnored());
    }
  }

  /**
   * A receive that is to be cancelled is searched for among all of the ring's, tens of thousands in
   * a hundred chains: 9 us for each connection of a crowd that is sent away. Shut down, it ends.
   */
  @Override
  public Unread endIfAllRead(int descriptor) {
    int ordinary = ring.install(descriptor);
    if (ordinary < 0) {
      // Not known: then the careful way.
      return ordinary == -Errno.EBADF ? Unread.NONE : Unread.SOME;
    }
    boolean isAllRead = Descriptors.readableBytes(ordinary) <= 0;
    if (isAllRead) {
      Sockets.shutdown(ordinary, Sockets.SHUT_RDWR);
    }
    Descriptors.close(ordinary);
    return isAllRead ? Unread.NONE_AND_ENDED : Unread.SOME;
  }

  @Override
  public void close(int descriptor, boolean reset) {
    int skip = UringSqe.IOSQE_CQE_SKIP_SUCCESS;
    if (reset) {
      UringPrepare.socketOption(
          ring.sqe(),
          requestFlags() | skip,
          descriptor,
          Sockets.SOL_SOCKET,
          Sockets.SO_LINGER,
          resetOption,
          Sockets.LINGER_BYTES,
          UserData.ofIgnored());
    }
    UringPrepare.closeDirect(ring.sqe(), skip, descriptor, UserData.ofIgnored());
    // An accept that takes the entry stands behind this in the queue.
    free++;
  }

  @Override
  public int sendFile(int descriptor, OpenFile file, long positionBytes, int bytes) {
    int ordinary = ring.install(descriptor);
    if (ordinary < 0) {
      return -Errno.EOPNOTSUPP;
    }
    int sent = PlainSockets.sendWithoutWaiting(ordinary, file, positionBytes, bytes);
    Descriptors.close(ordinary);
    return sent;
  }

  @Override
  public boolean isLoopsOnly() {
    return true;
  }

  @Override
  public SocketAddress localAddress(int descriptor) {
    SocketAddress address = ask(descriptor, transport::localAddress);
    if (address == null) {
      throw new IllegalStateException("no descriptor left to ask for the local address by");
    }
    return address;
  }

  @Override
  public @Nullable PeerCredentials peerCredentials(int descriptor) {
    return ask(descriptor, transport::peerCredentials);
  }

  private <T> @Nullable T ask(int descriptor, IntFunction<@Nullable T> question) {
    int ordinary = ring.install(descriptor);
    if (ordinary < 0) {
      return null;
    }
    T answer = question.apply(ordinary);
    Descriptors.close(ordinary);
    return answer;
  }

  @Override
  public void close() {
    Memory.free(resetOption);
  }
}
