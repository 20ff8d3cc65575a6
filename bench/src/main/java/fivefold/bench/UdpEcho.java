package fivefold.bench;

import fivefold.net.IoModel;
import fivefold.net.Server;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A UDP echo in a process of its own: Fivefold with a batch of so many, or Netty's epoll. */
final class UdpEcho {
  private static final int DATAGRAM_BYTES = 2048;

  private UdpEcho() {}

  /** Prints its port, and serves until its standard input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int port =
        arguments[0].equals("netty")
            ? netty(Integer.parseInt(arguments[1]))
            : fivefold(IoModel.parse(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.println(port);
    int _ = System.in.read();
    System.exit(0);
  }

  private static int fivefold(IoModel model, int batch) throws IOException {
    return Server.udp(0, (peer, datagram) -> peer.reply(datagram))
        .model(model)
        .datagramLimitBytes(DATAGRAM_BYTES)
        .batch(batch)
        .start()
        .port();
  }

  /** With recvmmsg(2), which Netty uses when it is told the size of a datagram. */
  private static int netty(int batch) throws InterruptedException {
    Channel channel =
        new Bootstrap()
            .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
            .channel(EpollDatagramChannel.class)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(DATAGRAM_BYTES * batch))
            .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, batch > 1 ? DATAGRAM_BYTES : 0)
            .handler(new Echo())
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Sends the received buffer back, and flushes once for each read event. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      DatagramPacket packet = (DatagramPacket) message;
      context.write(new DatagramPacket(packet.content(), packet.sender()), context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }
}
