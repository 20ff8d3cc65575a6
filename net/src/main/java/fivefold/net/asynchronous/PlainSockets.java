package fivefold.net.asynchronous;

import fivefold.net.PeerCredentials;
import fivefold.net.loop.NativeFile;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.OpenFile;
import fivefold.sys.Descriptors;
import fivefold.sys.Sockets;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringSqe;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Sockets on descriptors of the process. */
final class PlainSockets implements RingSockets {
  private final LoopRing ring;
  private final NativeTransport transport;

  PlainSockets(LoopRing ring, NativeTransport transport) {
    this.ring = ring;
    this.transport = transport;
  }

  @Override
  public int requestFlags() {
    return 0;
  }

  @Override
  public void endOutput(int descriptor) {
    Sockets.shutdown(descriptor, Sockets.SHUT_WR);
  }

  @Override
  public Unread endIfAllRead(int descriptor) {
    return Descriptors.readableBytes(descriptor) > 0 ? Unread.SOME : Unread.NONE;
  }

  @Override
  public void close(int descriptor, boolean reset) {
    if (reset) {
      Sockets.setLinger(descriptor, true, 0);
    }
    // The requests hold the file, not the number, and their late completions find the generation
    // changed.
    UringPrepare.close(
        ring.sqe(), UringSqe.IOSQE_CQE_SKIP_SUCCESS, descriptor, UserData.ofIgnored());
  }

  @Override
  public int sendFile(int descriptor, OpenFile file, long positionBytes, int bytes) {
    return sendWithoutWaiting(descriptor, file, positionBytes, bytes);
  }

  static int sendWithoutWaiting(int descriptor, OpenFile file, long positionBytes, int bytes) {
    // The socket waits by itself, else the ring's requests would not; sendfile has no flag of its
    // own against it. Requests look at the flag when they are submitted, and none is now.
    Descriptors.setFlags(descriptor, Descriptors.O_NONBLOCK);
    int sent = NativeFile.send(descriptor, file, positionBytes, bytes);
    Descriptors.setFlags(descriptor, 0);
    return sent;
  }

  @Override
  public boolean isLoopsOnly() {
    return false;
  }

  @Override
  public SocketAddress localAddress(int descriptor) {
    return transport.localAddress(descriptor);
  }

  @Override
  public @Nullable PeerCredentials peerCredentials(int descriptor) {
    return transport.peerCredentials(descriptor);
  }

  @Override
  public void close() {}
}
