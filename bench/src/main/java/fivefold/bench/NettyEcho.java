package fivefold.bench;

import fivefold.services.PeerUpperCase;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The peer: upper-case echo as one writes it with Netty for speed. One event loop, its default
 * allocator, direct buffers changed in place and sent back themselves, no promise for each write,
 * one flush for each read event.
 *
 * <pre>{@code
 * java -cp 'bench/target/dist/lib/*' fivefold.bench.NettyEcho epoll 8001
 * }</pre>
 */
public final class NettyEcho {
  private static final int BACKLOG = 4096;

  /**
   * Netty guesses how much the next read brings, by default from 64 bytes up, and a read that fills
   * the guess is followed by another. With messages of 64 bytes that was one recv in seven for
   * nothing: so, from 1024.
   */
  private static final String LEAST_READ_BYTES = "1024";

  private NettyEcho() {}

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws InterruptedException, SSLException {
    if (arguments.length < 2 || arguments.length > 5) {
      System.err.println(
          "usage: NettyEcho " + NettyTransport.WORDS + " PORT [LEAST_READ_BYTES [CERT KEY]]");
      System.exit(2);
    }
    NettyTransport transport = NettyTransport.parse(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    int leastRead = Integer.parseInt(arguments.length >= 3 ? arguments[2] : LEAST_READ_BYTES);
    SslContext tls = arguments.length == 5 ? tls(arguments[3], arguments[4]) : null;
    var loop = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
    Channel listener =
        new ServerBootstrap()
            .group(loop)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(leastRead, 2048, 65536))
            .childHandler(new Connections(transport, tls))
            .bind("127.0.0.1", port)
            .sync()
            .channel();
    int bound = ((InetSocketAddress) listener.localAddress()).getPort();
    System.out.println("Netty echo (" + arguments[0] + ") listens on 127.0.0.1:" + bound);
    listener.closeFuture().sync();
  }

  /** The JDK's TLS, as Fivefold's is. */
  private static SslContext tls(String chain, String key) throws SSLException {
    return SslContextBuilder.forServer(new File(chain), new File(key))
        .sslProvider(SslProvider.JDK)
        .build();
  }

  /** Puts the handler onto what is accepted. */
  private static final class Connections extends ChannelInitializer<SocketChannel> {
    private final NettyTransport transport;
    private final UpperCaseEcho echo = new UpperCaseEcho();

    private final @Nullable SslContext tls;

    Connections(NettyTransport transport, @Nullable SslContext tls) {
      this.transport = transport;
      this.tls = tls;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      transport.configure(channel.config());
      if (tls != null) {
        channel.pipeline().addLast(tls.newHandler(channel.alloc()));
      }
      channel.pipeline().addLast(echo);
    }
  }

  /** It keeps nothing about a connection, so one object serves them all. */
  @Sharable
  private static final class UpperCaseEcho extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf received = (ByteBuf) message;
      int from = received.readerIndex();
      // The buffer's own view, which is not allocated anew.
      PeerUpperCase.inPlace(received.internalNioBuffer(from, received.readableBytes()));
      context.write(received, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // a peer that has reset the connection
    }
  }
}
