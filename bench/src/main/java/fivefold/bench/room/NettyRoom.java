package fivefold.bench.room;

import fivefold.bench.NettyTransport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelMatchers;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/**
 * The peer: a chat room as one writes it with Netty, one event loop, a {@link ChannelGroup} for
 * each room, void promises. What it sends is byte for byte what Fivefold's chat sends; it knows of
 * commands {@code /join} alone, and keeps no history, no names and no limits.
 */
public final class NettyRoom {
  private static final int BACKLOG = 4096;
  private static final int LIMIT_LINE_BYTES = 4096;
  private static final String LOBBY = "lobby";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss");

  private NettyRoom() {}

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws InterruptedException {
    if (arguments.length != 2) {
      System.err.println("usage: NettyRoom " + NettyTransport.WORDS + " PORT");
      System.exit(2);
    }
    NettyTransport transport = NettyTransport.parse(arguments[0]);
    var loop = new MultiThreadIoEventLoopGroup(1, transport.ioHandler());
    Rooms rooms = new Rooms((EventLoop) loop.next());
    Channel listener =
        new ServerBootstrap()
            .group(loop)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    transport.configure(channel.config());
                    channel.pipeline().addLast(new LineBasedFrameDecoder(LIMIT_LINE_BYTES), rooms);
                  }
                })
            .bind("127.0.0.1", Integer.parseInt(arguments[1]))
            .sync()
            .channel();
    int bound = ((InetSocketAddress) listener.localAddress()).getPort();
    System.out.println("Netty room (" + arguments[0] + ") listens on 127.0.0.1:" + bound);
    listener.closeFuture().sync();
  }

  /** All on the one loop. */
  @Sharable
  private static final class Rooms extends SimpleChannelInboundHandler<ByteBuf> {
    private final EventLoop loop;
    private final Map<String, ChannelGroup> rooms = new HashMap<>();
    private final Map<Channel, String> where = new HashMap<>();

    Rooms(EventLoop loop) {
      this.loop = loop;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      enter(context.channel(), LOBBY);
    }

    private void enter(Channel channel, String room) {
      String before = where.put(channel, room);
      if (before != null) {
        rooms.get(before).remove(channel);
      }
      // Leaves by itself when the channel closes.
      rooms.computeIfAbsent(room, _ -> new DefaultChannelGroup(loop, true)).add(channel);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      where.remove(context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
      String text = line.toString(StandardCharsets.UTF_8);
      if (text.startsWith("/join ")) {
        enter(context.channel(), text.substring("/join ".length()));
      } else if (!text.isBlank() && !text.startsWith("/")) {
        say(context, text);
      }
    }

    private void say(ChannelHandlerContext context, String text) {
      String room = where.get(context.channel());
      InetSocketAddress from = (InetSocketAddress) context.channel().remoteAddress();
      String message =
          TIME.format(LocalDateTime.now())
              + " "
              + from.getAddress().getHostAddress()
              + ":"
              + from.getPort()
              + (LOBBY.equals(room) ? "" : " #" + room)
              + "\n"
              + text
              + "\n";
      // Encoded once; the group gives each channel a duplicate of it.
      ByteBuf encoded = ByteBufUtil.writeUtf8(context.alloc(), message);
      rooms.get(room).writeAndFlush(encoded, ChannelMatchers.all(), true);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // a peer that has reset the connection
    }
  }
}
