package fivefold.net.loop;

import fivefold.net.PeerCredentials;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.PeerCredential;
import fivefold.sys.SocketAddresses;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The system's own sockets; a handle is a file descriptor. */
public final class NativeTransport implements Transport {
  private static final RemoteAddress GONE =
      RemoteAddress.of(InetSocketAddress.createUnresolved("gone", 0));

  private static final int OWNER_ONLY = 0600;

  /** A sockaddr and its length, in memory of its own for as long as this object is reachable. */
  private static final class NativePeer implements PeerAddress {
    // The buffer keeps the memory alive.
    private final ByteBuffer memory =
        ByteBuffer.allocateDirect(SocketAddresses.STORAGE_BYTES + Integer.BYTES);
    final long address = Memory.address(memory);
    final long lengthAddress = address + SocketAddresses.STORAGE_BYTES;

    void reset() {
      Memory.putInt(lengthAddress, SocketAddresses.STORAGE_BYTES);
    }

    int length() {
      return Memory.getInt(lengthAddress);
    }

    @Override
    public SocketAddress address() {
      return SocketAddresses.decode(address, length());
    }

    @Override
    public RemoteAddress keep() {
      long packed = SocketAddresses.packInet4(address, length());
      return packed >= 0 ? new RemoteAddress.Inet4(packed) : RemoteAddress.of(address());
    }
  }

  @Override
  public PeerAddress newPeerAddress() {
    return new NativePeer();
  }

  @Override
  public int listen(SocketAddress address, SocketOptions options) throws IOException {
    int descriptor = open(address, Sockets.SOCK_STREAM, options);
    try {
      set(descriptor, Sockets.SO_REUSEADDR, options.reuseAddress());
      set(descriptor, Sockets.SO_REUSEPORT, options.reusePort());
      if (address instanceof UnixDomainSocketAddress) {
        // The file is made for its owner alone, before anyone can connect and whatever the umask.
        check("fchmod", Descriptors.setMode(descriptor, OWNER_ONLY));
      }
      bind(descriptor, address);
      // Inherited by accepted sockets on Linux (tcp(7)), which saves a call for each.
      setNoDelay(descriptor, options);
      check("listen", Sockets.listen(descriptor, options.backlog()));
      return descriptor;
    } catch (IOException e) {
      close(descriptor);
      throw e;
    }
  }

  @Override
  public int connect(SocketAddress address, SocketOptions options) throws IOException {
    return connect(null, address, options);
  }

  @Override
  public int connectFrom(SocketAddress source, SocketAddress address, SocketOptions options)
      throws IOException {
    return connect(source, address, options);
  }

  private static int connect(
      @Nullable SocketAddress source, SocketAddress address, SocketOptions options)
      throws IOException {
    int descriptor = open(address, Sockets.SOCK_STREAM, options);
    try {
      setNoDelay(descriptor, options);
      if (source != null) {
        bind(descriptor, source);
      }
      int result = withAddress(address, (memory, length) -> connect(descriptor, memory, length));
      check("connect", result == -Errno.EINPROGRESS ? 0 : result);
      return descriptor;
    } catch (IOException e) {
      Descriptors.close(descriptor);
      throw e;
    }
  }

  private static int connect(int descriptor, long memory, int length) {
    return Sockets.connect(descriptor, memory, length);
  }

  @Override
  public int bindDatagram(SocketAddress address, SocketOptions options) throws IOException {
    int descriptor = open(address, Sockets.SOCK_DGRAM, options);
    try {
      set(descriptor, Sockets.SO_REUSEADDR, options.reuseAddress());
      set(descriptor, Sockets.SO_REUSEPORT, options.reusePort());
      bind(descriptor, address);
      return descriptor;
    } catch (IOException e) {
      close(descriptor);
      throw e;
    }
  }

  @Override
  public void connectDatagram(int handle, SocketAddress peer) throws IOException {
    check("connect", withAddress(peer, (memory, length) -> connect(handle, memory, length)));
  }

  private static int open(SocketAddress address, int type, SocketOptions options)
      throws IOException {
    int flags = Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC;
    int descriptor =
        check("socket", Sockets.socket(SocketAddresses.family(address), type | flags, 0));
    if (options.sendBufferBytes() > 0) {
      Sockets.setOption(
          descriptor, Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, options.sendBufferBytes());
    }
    if (options.receiveBufferBytes() > 0) {
      Sockets.setOption(
          descriptor, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, options.receiveBufferBytes());
    }
    return descriptor;
  }

  private static void set(int descriptor, int option, boolean on) throws IOException {
    if (on) {
      check("setsockopt", Sockets.setOption(descriptor, Sockets.SOL_SOCKET, option, 1));
    }
  }

  private static void setNoDelay(int descriptor, SocketOptions options) {
    if (options.noDelay()) {
      // Refused by a Unix socket, which has no Nagle to turn off.
      Sockets.setOption(descriptor, Sockets.IPPROTO_TCP, Sockets.TCP_NODELAY, 1);
    }
  }

  private static void bind(int descriptor, SocketAddress address) throws IOException {
    check(
        "bind", withAddress(address, (memory, length) -> Sockets.bind(descriptor, memory, length)));
  }

  private interface AddressCall {
    int apply(long memory, int length);
  }

  private static int withAddress(SocketAddress address, AddressCall call) {
    long memory = Memory.allocate(SocketAddresses.STORAGE_BYTES);
    try {
      return call.apply(memory, SocketAddresses.encode(address, memory));
    } finally {
      Memory.free(memory);
    }
  }

  private static int check(String call, int result) throws IOException {
    if (result < 0) {
      throw NativeException.of(call, result);
    }
    return result;
  }

  @Override
  public int accept(int listener, PeerAddress peer) {
    NativePeer from = (NativePeer) peer;
    from.reset();
    return Sockets.accept4(
        listener, from.address, from.lengthAddress, Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC);
  }

  @Override
  public @Nullable PeerCredentials peerCredentials(int handle) {
    long ucred = Memory.allocate(PeerCredential.BYTES);
    try {
      return Sockets.getPeerCredential(handle, ucred) < 0
          ? null
          : new PeerCredentials(
              PeerCredential.pid(ucred),
              Integer.toUnsignedLong(PeerCredential.uid(ucred)),
              Integer.toUnsignedLong(PeerCredential.gid(ucred)));
    } finally {
      Memory.free(ucred);
    }
  }

  @Override
  public int receive(int handle, ByteBuffer into) {
    int position = into.position();
    int count =
        (int) Sockets.recv(handle, Memory.address(into) + position, into.limit() - position, 0);
    if (count > 0) {
      into.position(position + count);
    }
    return count;
  }

  @Override
  public int send(int handle, ByteBuffer from) {
    int position = from.position();
    int count =
        (int)
            Sockets.send(
                handle,
                Memory.address(from) + position,
                from.limit() - position,
                Sockets.MSG_NOSIGNAL);
    if (count > 0) {
      from.position(position + count);
    }
    return count;
  }

  @Override
  public OpenFile openFile(Path path) throws IOException {
    return NativeFile.open(path);
  }

  @Override
  public int sendFile(int handle, OpenFile file, long positionBytes, int bytes) {
    return NativeFile.send(handle, file, positionBytes, bytes);
  }

  @Override
  public int receiveFrom(int handle, ByteBuffer into, PeerAddress source) {
    NativePeer from = (NativePeer) source;
    from.reset();
    int position = into.position();
    int count =
        (int)
            Sockets.recvfrom(
                handle,
                Memory.address(into) + position,
                into.limit() - position,
                0,
                from.address,
                from.lengthAddress);
    if (count > 0) {
      into.position(position + count);
    }
    return count;
  }

  @Override
  public int sendTo(int handle, ByteBuffer datagram, PeerAddress destination) {
    NativePeer to = (NativePeer) destination;
    long sent =
        Sockets.sendto(
            handle,
            Memory.address(datagram) + datagram.position(),
            datagram.remaining(),
            Sockets.MSG_NOSIGNAL,
            to.address,
            to.length());
    if (sent < 0) {
      return (int) sent;
    }
    datagram.position(datagram.limit());
    return 0;
  }

  @Override
  public boolean hasMessageCalls() {
    return true;
  }

  @Override
  public int pendingError(int handle) {
    int error = Sockets.getOption(handle, Sockets.SOL_SOCKET, Sockets.SO_ERROR);
    return error < 0 ? -error : error;
  }

  @Override
  public int shutdownOutput(int handle) {
    return Sockets.shutdown(handle, Sockets.SHUT_WR);
  }

  @Override
  public void close(int handle) {
    Descriptors.close(handle);
  }

  @Override
  public void reset(int handle) {
    Sockets.setLinger(handle, true, 0);
    Descriptors.close(handle);
  }

  @Override
  public SocketAddress localAddress(int handle) {
    NativePeer name = new NativePeer();
    name.reset();
    Sockets.getsockname(handle, name.address, name.lengthAddress);
    return name.address();
  }

  /**
   * The peer of a connected socket; an unresolved placeholder when it has gone already.
   *
   * @param room where it is put on the way
   */
  public RemoteAddress remoteAddress(int handle, PeerAddress room) {
    NativePeer name = (NativePeer) room;
    name.reset();
    int result = Sockets.getpeername(handle, name.address, name.lengthAddress);
    return result < 0 ? GONE : name.keep();
  }
}
