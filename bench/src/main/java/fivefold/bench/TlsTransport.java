package fivefold.bench;

import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Sockets of the load generator that speak TLS. It hands out the bytes within, for one thread. */
final class TlsTransport implements Transport {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Transport below;
  private final Supplier<SSLEngine> engines;
  private final Map<Integer, Ends> connections = new HashMap<>();
  private final ByteBuffer nothing = ByteBuffer.allocate(0);

  TlsTransport(Transport below, Supplier<SSLEngine> engines) {
    this.below = below;
    this.engines = engines;
  }

  /** One connection: what has come and is no whole record, and what the socket has not taken. */
  private static final class Ends {
    final SSLEngine engine;
    final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    boolean done;

    Ends(SSLEngine engine) {
      this.engine = engine;
    }
  }

  @Override
  public int connect(SocketAddress address, SocketOptions options) throws IOException {
    int handle = below.connect(address, options);
    connections.put(handle, new Ends(engines.get()));
    return handle;
  }

  @Override
  public int send(int handle, ByteBuffer from) {
    Ends ends = ends(handle);
    try {
      if (!ends.done && !shakeHands(handle, ends)) {
        return -Errno.EAGAIN;
      }
      if (ends.out.hasRemaining()) {
        int sent = flush(handle, ends);
        if (ends.out.hasRemaining()) {
          return sent < 0 ? sent : -Errno.EAGAIN;
        }
      }
      int before = from.remaining();
      ends.out.clear();
      while (from.hasRemaining() && ends.out.remaining() > 20_000) {
        ends.engine.wrap(from, ends.out);
      }
      ends.out.flip();
      int sent = flush(handle, ends);
      return sent < 0 && sent != -Errno.EAGAIN ? sent : before - from.remaining();
    } catch (SSLException e) {
      return -Errno.EPIPE;
    }
  }

  private int flush(int handle, Ends ends) {
    return below.send(handle, ends.out);
  }

  @Override
  public int receive(int handle, ByteBuffer into) {
    Ends ends = ends(handle);
    try {
      if (!ends.done) {
        return shakeHands(handle, ends) ? -Errno.EAGAIN : -Errno.EAGAIN;
      }
      if (ends.out.hasRemaining()) {
        flush(handle, ends);
      }
      int received = below.receive(handle, ends.in);
      if (received == 0 || (received < 0 && received != -Errno.EAGAIN)) {
        return received;
      }
      int before = into.position();
      ends.in.flip();
      while (ends.in.hasRemaining() && ends.engine.unwrap(ends.in, into).bytesConsumed() > 0) {
        // The next record.
      }
      ends.in.compact();
      return into.position() == before ? -Errno.EAGAIN : into.position() - before;
    } catch (SSLException e) {
      return -Errno.EPIPE;
    }
  }

  private boolean shakeHands(int handle, Ends ends) throws SSLException {
    if (ends.engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
      ends.engine.beginHandshake();
    }
    while (true) {
      switch (ends.engine.getHandshakeStatus()) {
        case NEED_TASK -> ends.engine.getDelegatedTask().run();
        case NEED_WRAP -> {
          ends.out.compact();
          ends.engine.wrap(nothing, ends.out);
          ends.out.flip();
          flush(handle, ends);
        }
        case NEED_UNWRAP -> {
          int received = below.receive(handle, ends.in);
          ends.in.flip();
          int consumed = ends.engine.unwrap(ends.in, ByteBuffer.allocate(20_000)).bytesConsumed();
          ends.in.compact();
          if (consumed == 0 && received <= 0) {
            return false;
          }
        }
        default -> {
          ends.done = true;
          return true;
        }
      }
    }
  }

  private Ends ends(int handle) {
    Ends known = connections.get(handle);
    if (known == null) {
      throw new IllegalStateException("not opened here");
    }
    return known;
  }

  @Override
  public void reset(int handle) {
    connections.remove(handle);
    below.reset(handle);
  }

  @Override
  public void close(int handle) {
    connections.remove(handle);
    below.close(handle);
  }

  @Override
  public int pendingError(int handle) {
    return below.pendingError(handle);
  }

  @Override
  public SocketAddress localAddress(int handle) {
    return below.localAddress(handle);
  }

  @Override
  public int shutdownOutput(int handle) {
    return below.shutdownOutput(handle);
  }

  // Of servers and datagrams, which the load generator does not have.

  @Override
  public int listen(SocketAddress address, SocketOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int bindDatagram(SocketAddress address, SocketOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int accept(int listener, PeerAddress peer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int receiveFrom(int handle, ByteBuffer into, PeerAddress source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int sendTo(int handle, ByteBuffer datagram, PeerAddress destination) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PeerAddress newPeerAddress() {
    throw new UnsupportedOperationException();
  }
}
