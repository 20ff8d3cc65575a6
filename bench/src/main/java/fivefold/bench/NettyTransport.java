package fivefold.bench;

import io.netty.channel.ChannelConfig;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;

/** One of Netty's ways to wait. */
public interface NettyTransport {
  String WORDS = "nio|epoll|io_uring";

  /**
   * The transport of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static NettyTransport parse(String word) {
    return switch (word) {
      case "nio" -> new Nio();
      case "epoll" -> new Epoll();
      case "io_uring" -> new IoUring();
      default ->
          throw new IllegalArgumentException("transport " + word + "; expected one of " + WORDS);
    };
  }

  IoHandlerFactory ioHandler();

  Class<? extends ServerChannel> serverChannel();

  /** Options that only this transport has. */
  default void configure(ChannelConfig connection) {}

  /** java.nio's Selector. */
  record Nio() implements NettyTransport {
    @Override
    public IoHandlerFactory ioHandler() {
      return NioIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannel() {
      return NioServerSocketChannel.class;
    }
  }

  /** Netty's own epoll, by JNI. */
  record Epoll() implements NettyTransport {
    @Override
    public IoHandlerFactory ioHandler() {
      return EpollIoHandler.newFactory();
    }

    @Override
    public Class<? extends ServerChannel> serverChannel() {
      return EpollServerSocketChannel.class;
    }
  }

  /**
   * Netty's io_uring with a ring of provided buffers, which the kernel fills piece by piece
   * (IOU_PBUF_RING_INC, Linux 6.12): the setting that measured best.
   */
  record IoUring() implements NettyTransport {
    private static final short BUFFER_GROUP = 0;
    private static final short BUFFERS = 64;
    private static final int BUFFER_BYTES = 64 * 1024;

    @Override
    public IoHandlerFactory ioHandler() {
      IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
      if (hasBufferRing()) {
        config.setBufferRingConfig(
            IoUringBufferRingConfig.builder()
                .bufferGroupId(BUFFER_GROUP)
                .bufferRingSize(BUFFERS)
                .batchSize(BUFFERS)
                .allocator(new IoUringFixedBufferRingAllocator(BUFFER_BYTES))
                .incremental(io.netty.channel.uring.IoUring.isRegisterBufferRingIncSupported())
                .build());
      }
      return IoUringIoHandler.newFactory(config);
    }

    @Override
    public Class<? extends ServerChannel> serverChannel() {
      return IoUringServerSocketChannel.class;
    }

    @Override
    public void configure(ChannelConfig connection) {
      if (hasBufferRing()) {
        connection.setOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
      }
    }

    private static boolean hasBufferRing() {
      return io.netty.channel.uring.IoUring.isRegisterBufferRingSupported();
    }
  }
}
