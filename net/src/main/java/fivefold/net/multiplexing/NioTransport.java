package fivefold.net.multiplexing;

import fivefold.net.loop.ChannelErrors;
import fivefold.net.loop.ChannelFamilies;
import fivefold.net.loop.ChannelFile;
import fivefold.net.loop.OpenFile;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import fivefold.net.loop.UnixChannels;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * java.nio's channels behind handles. Its exceptions become the errno they were made from, so that
 * the loop above knows one way of failing.
 */
final class NioTransport implements Transport {
  private final NioChannels channels = new NioChannels();
  // java.nio has no TCP_NODELAY on a listener, so what it accepts is given the options one by one.
  private final Map<Integer, SocketOptions> listeners = new ConcurrentHashMap<>();

  /** The address itself; java.nio allocates one for each datagram. */
  private static final class NioPeer implements PeerAddress {
    SocketAddress value = new InetSocketAddress(0);

    @Override
    public SocketAddress address() {
      return value;
    }
  }

  SelectableChannel channel(int handle) {
    return channels.get(handle);
  }

  @Override
  public PeerAddress newPeerAddress() {
    return new NioPeer();
  }

  @Override
  public int listen(SocketAddress address, SocketOptions options) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(ChannelFamilies.of(address));
    try {
      if (!(address instanceof UnixDomainSocketAddress)) {
        set(channel, StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
      }
      if (options.reusePort()) {
        set(channel, StandardSocketOptions.SO_REUSEPORT, true);
      }
      if (options.receiveBufferBytes() > 0) {
        set(channel, StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
      }
      UnixChannels.bind(channel, address, options.backlog());
      int handle = add(channel);
      listeners.put(handle, options);
      return handle;
    } catch (IOException | RuntimeException e) {
      channel.close();
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

  private int connect(@Nullable SocketAddress source, SocketAddress address, SocketOptions options)
      throws IOException {
    SocketChannel channel = SocketChannel.open(ChannelFamilies.of(address));
    try {
      prepare(channel, options);
      if (source != null) {
        channel.bind(source);
      }
      int handle = add(channel);
      channel.connect(address);
      return handle;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public int bindDatagram(SocketAddress address, SocketOptions options) throws IOException {
    DatagramChannel channel = DatagramChannel.open(ChannelFamilies.of(address));
    try {
      set(channel, StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
      if (options.reusePort()) {
        set(channel, StandardSocketOptions.SO_REUSEPORT, true);
      }
      buffers(channel, options);
      channel.bind(address);
      return add(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private int add(SelectableChannel channel) throws IOException {
    channel.configureBlocking(false);
    return channels.add(channel);
  }

  private static void prepare(SocketChannel channel, SocketOptions options) throws IOException {
    if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
      set(channel, StandardSocketOptions.TCP_NODELAY, options.noDelay());
    }
    buffers(channel, options);
  }

  private static void buffers(NetworkChannel channel, SocketOptions options) throws IOException {
    if (options.sendBufferBytes() > 0) {
      set(channel, StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
    }
    if (options.receiveBufferBytes() > 0) {
      set(channel, StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
    }
  }

  private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value)
      throws IOException {
    channel.setOption(option, value);
  }

  @Override
  public void connectDatagram(int handle, SocketAddress peer) throws IOException {
    ((DatagramChannel) channels.get(handle)).connect(peer);
  }

  @Override
  public int accept(int listener, PeerAddress peer) {
    SocketChannel accepted = null;
    try {
      accepted = ((ServerSocketChannel) channels.get(listener)).accept();
      if (accepted == null) {
        return -Errno.EAGAIN;
      }
      SocketOptions options = listeners.get(listener);
      if (options != null) {
        prepare(accepted, options);
      }
      ((NioPeer) peer).value = accepted.getRemoteAddress();
      return add(accepted);
    } catch (IOException e) {
      closeQuietly(accepted);
      return accepted == null ? ChannelErrors.errno(e) : -Errno.ECONNABORTED;
    }
  }

  private static void closeQuietly(@Nullable SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It is being given up already.
      }
    }
  }

  @Override
  public int receive(int handle, ByteBuffer into) {
    try {
      int count = ((SocketChannel) channels.get(handle)).read(into);
      if (count > 0) {
        return count;
      }
      // The JDK hands on as -3 that a signal came in between (EINTR); -1 alone is the end.
      return count == -1 ? 0 : -Errno.EAGAIN;
    } catch (IOException e) {
      return ChannelErrors.errno(e);
    }
  }

  @Override
  public int send(int handle, ByteBuffer from) {
    try {
      int count = ((SocketChannel) channels.get(handle)).write(from);
      return count > 0 || !from.hasRemaining() ? count : -Errno.EAGAIN;
    } catch (IOException e) {
      return ChannelErrors.errno(e);
    }
  }

  @Override
  public int sendFile(int handle, OpenFile file, long positionBytes, int bytes) {
    ChannelFile source = (ChannelFile) file;
    try {
      int count = source.transferTo((SocketChannel) channels.get(handle), positionBytes, bytes);
      // 0 says that the channel is full, and as well that the file is too short.
      return count > 0 || source.sizeBytes() <= positionBytes ? count : -Errno.EAGAIN;
    } catch (IOException e) {
      return ChannelErrors.errno(e);
    }
  }

  @Override
  public int receiveFrom(int handle, ByteBuffer into, PeerAddress source) {
    try {
      int before = into.position();
      SocketAddress from = ((DatagramChannel) channels.get(handle)).receive(into);
      if (from == null) {
        return -Errno.EAGAIN;
      }
      ((NioPeer) source).value = from;
      return into.position() - before;
    } catch (IOException e) {
      return ChannelErrors.errno(e);
    }
  }

  @Override
  public int sendTo(int handle, ByteBuffer datagram, PeerAddress destination) {
    try {
      boolean empty = !datagram.hasRemaining();
      int sent = ((DatagramChannel) channels.get(handle)).send(datagram, destination.address());
      return sent == 0 && !empty ? -Errno.EAGAIN : 0;
    } catch (IOException e) {
      return ChannelErrors.errno(e);
    }
  }

  @Override
  public int pendingError(int handle) {
    try {
      if (channels.get(handle) instanceof SocketChannel channel
          && channel.isConnectionPending()
          && !channel.finishConnect()) {
        return Errno.EINPROGRESS;
      }
      return 0;
    } catch (IOException e) {
      return -ChannelErrors.errno(e);
    }
  }

  @Override
  public int shutdownOutput(int handle) {
    try {
      ((SocketChannel) channels.get(handle)).shutdownOutput();
      return 0;
    } catch (IOException e) {
      return ChannelErrors.errno(e);
    }
  }

  @Override
  public void close(int handle) {
    listeners.remove(handle);
    SelectableChannel channel = channels.remove(handle);
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The descriptor is gone all the same (close(2)).
      }
    }
  }

  @Override
  public void reset(int handle) {
    try {
      set((SocketChannel) channels.get(handle), StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Broken already; closing is all that is left.
    }
    close(handle);
  }

  @Override
  public SocketAddress localAddress(int handle) {
    try {
      SocketAddress local = ((NetworkChannel) channels.get(handle)).getLocalAddress();
      return local == null ? new InetSocketAddress(0) : local;
    } catch (IOException e) {
      return new InetSocketAddress(0);
    }
  }
}
