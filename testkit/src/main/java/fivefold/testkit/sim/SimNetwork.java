package fivefold.testkit.sim;

import fivefold.net.loop.Interest;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The sockets of a simulated machine with one TCP listener. Streams only. All calls come on the
 * loop's thread, but for what is prepared before the loop runs.
 */
public final class SimNetwork implements Transport {
  private static final int FIRST_HANDLE = 3;
  private static final int SERVER_PORT = 7000;

  private final SimClock clock = new SimClock();
  private final SimFaults faults;
  private final Random random;
  private final Map<Integer, SimSocket> sockets = new TreeMap<>();
  private final ArrayDeque<SimSocket> backlog = new ArrayDeque<>();
  private final List<SimPeer> peers = new ArrayList<>();
  private final CRC32 trace = new CRC32();
  private int listener = -1;
  private int listenerEdges;

  /** A network whose every chance follows from the seed. */
  public SimNetwork(long seed, SimFaults faults) {
    this.random = new Random(seed);
    this.faults = faults;
  }

  SimClock clock() {
    return clock;
  }

  SimFaults faults() {
    return faults;
  }

  Random random() {
    return random;
  }

  long delayNanos() {
    return random.nextLong(1, faults.longestDelayNanos() + 1);
  }

  boolean happens(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Virtual nanoseconds since the beginning. */
  public long nowNanos() {
    return clock.nowNanos();
  }

  /** A checksum of every call and its result: equal for equal seeds. */
  public String trace() {
    return HexFormat.of().toHexDigits(trace.getValue(), 8);
  }

  private int note(int call, int handle, int result) {
    long time = clock.nowNanos();
    ByteBuffer line = ByteBuffer.allocate(20);
    line.putLong(time).putInt(call).putInt(handle).putInt(result).flip();
    trace.update(line);
    return result;
  }

  /** A peer that will come; to be called before the loop runs. */
  public SimPeer addPeer(SimScript script) {
    SimPeer peer = new SimPeer(this, peers.size(), script);
    peers.add(peer);
    clock.at(delayNanos(), peer::connect);
    return peer;
  }

  public List<SimPeer> peers() {
    return List.copyOf(peers);
  }

  /** Sockets that the server holds open, the listener not counted. */
  public int openSockets() {
    return sockets.size();
  }

  void arriveAtListener(SimSocket socket) {
    backlog.add(socket);
    listenerEdges = Interest.READ;
  }

  // ---- what the poller asks

  boolean isReadable(int handle) {
    if (handle == listener) {
      return !backlog.isEmpty();
    }
    SimSocket socket = require(handle);
    return socket.isReset() || socket.toServer.isReadable();
  }

  boolean isWritable(int handle) {
    if (handle == listener) {
      return false;
    }
    SimSocket socket = require(handle);
    return socket.isReset() || socket.toPeer.room() > 0;
  }

  boolean isHungUp(int handle) {
    return handle != listener && require(handle).isReset();
  }

  int takeEdges(int handle) {
    if (handle != listener) {
      return require(handle).takeEdges();
    }
    int taken = listenerEdges;
    listenerEdges = 0;
    return taken;
  }

  void lookAnew(int handle) {
    if (handle == listener) {
      listenerEdges = Interest.READ;
    } else {
      require(handle).lookAnew();
    }
  }

  private SimSocket require(int handle) {
    SimSocket socket = sockets.get(handle);
    if (socket == null) {
      throw new AssertionError("handle " + handle + " is not open");
    }
    return socket;
  }

  private int lowestFreeHandle() {
    int handle = FIRST_HANDLE;
    while (handle == listener || sockets.containsKey(handle)) {
      handle++;
    }
    return handle;
  }

  // ---- the server's sockets

  @Override
  public int listen(SocketAddress address, SocketOptions options) {
    listener = lowestFreeHandle();
    return listener;
  }

  @Override
  public int connect(SocketAddress address, SocketOptions options) throws IOException {
    throw new IOException("the simulated machine only listens");
  }

  @Override
  public int bindDatagram(SocketAddress address, SocketOptions options) throws IOException {
    throw new IOException("the simulated network carries streams only");
  }

  private static final class SimAddress implements PeerAddress {
    private SocketAddress address = new InetSocketAddress(0);

    @Override
    public SocketAddress address() {
      return address;
    }
  }

  @Override
  public PeerAddress newPeerAddress() {
    return new SimAddress();
  }

  @Override
  public int accept(int handle, PeerAddress peer) {
    if (backlog.isEmpty()) {
      return note(1, handle, -Errno.EAGAIN);
    }
    if (happens(faults.acceptErrorPercent())) {
      return note(1, handle, random.nextBoolean() ? -Errno.ECONNABORTED : -Errno.EMFILE);
    }
    SimSocket socket = backlog.remove();
    int accepted = lowestFreeHandle();
    sockets.put(accepted, socket);
    ((SimAddress) peer).address = socket.peer;
    return note(1, handle, accepted);
  }

  @Override
  public int receive(int handle, ByteBuffer into) {
    SimSocket socket = require(handle);
    if (socket.isReset()) {
      return note(2, handle, -Errno.ECONNRESET);
    }
    if (!socket.toServer.isReadable() || happens(faults.tryAgainPercent())) {
      return note(2, handle, -Errno.EAGAIN);
    }
    if (socket.toServer.isAtEnd()) {
      return note(2, handle, 0);
    }
    int most = Math.min(into.remaining(), socket.toServer.readableBytes());
    int received = socket.toServer.read(into, some(most));
    socket.client().roomAgain(delayNanos());
    return note(2, handle, received);
  }

  @Override
  public int send(int handle, ByteBuffer from) {
    SimSocket socket = require(handle);
    if (socket.isReset()) {
      return note(3, handle, -Errno.EPIPE);
    }
    if (socket.toPeer.isEndSent()) {
      throw new AssertionError("sent after shutdownOutput on handle " + handle);
    }
    int room = socket.toPeer.room();
    if (room == 0 || happens(faults.tryAgainPercent())) {
      socket.foundFull();
      return note(3, handle, -Errno.EAGAIN);
    }
    byte[] bytes = new byte[some(Math.min(room, from.remaining()))];
    from.get(bytes);
    if (from.hasRemaining()) {
      socket.foundFull();
    }
    socket.toPeer.depart(bytes.length);
    clock.at(
        socket.arrivalNanos(clock.nowNanos() + delayNanos()),
        () -> {
          socket.toPeer.arrive(bytes);
          socket.client().readLater();
        });
    return note(3, handle, bytes.length);
  }

  /** All of so many, or, when the network is unkind, only some. */
  private int some(int count) {
    return count > 1 && happens(faults.shortTransferPercent()) ? random.nextInt(1, count) : count;
  }

  @Override
  public int shutdownOutput(int handle) {
    sendEnd(require(handle));
    return note(4, handle, 0);
  }

  private void sendEnd(SimSocket socket) {
    if (socket.toPeer.isEndSent() || socket.isReset()) {
      return;
    }
    socket.toPeer.sendEnd();
    clock.at(
        socket.arrivalNanos(clock.nowNanos() + delayNanos()),
        () -> {
          socket.toPeer.arriveEnd();
          socket.client().readLater();
        });
  }

  @Override
  public void close(int handle) {
    note(5, handle, 0);
    if (handle == listener) {
      listener = -1;
      return;
    }
    SimSocket socket = require(handle);
    sockets.remove(handle);
    socket.close();
    if (socket.toServer.readableBytes() > 0) {
      // RFC 1122, 4.2.2.13: what the program did not read makes the close a reset.
      socket.client().broken();
    } else {
      sendEnd(socket);
    }
  }

  @Override
  public void reset(int handle) {
    note(6, handle, 0);
    SimSocket socket = require(handle);
    sockets.remove(handle);
    socket.close();
    socket.client().broken();
  }

  @Override
  public int pendingError(int handle) {
    return require(handle).isReset() ? Errno.ECONNRESET : 0;
  }

  @Override
  public SocketAddress localAddress(int handle) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVER_PORT);
  }

  @Override
  public int receiveFrom(int handle, ByteBuffer into, PeerAddress source) {
    throw new AssertionError("no datagram socket can have been bound");
  }

  @Override
  public int sendTo(int handle, ByteBuffer datagram, PeerAddress destination) {
    throw new AssertionError("no datagram socket can have been bound");
  }
}
