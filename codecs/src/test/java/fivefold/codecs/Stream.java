package fivefold.codecs;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Sends so many bytes, as long as the channel is writable, and closes. */
final class Stream extends ChannelInboundHandlerAdapter {
  private static final int PART_BYTES = 16 << 10;

  private int left;

  Stream(int total) {
    this.left = total;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    send(context);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    send(context);
  }

  private void send(ChannelHandlerContext context) {
    while (left > 0 && context.channel().isWritable()) {
      left -= PART_BYTES;
      var _ = context.writeAndFlush(Unpooled.wrappedBuffer(new byte[PART_BYTES]));
    }
    if (left == 0) {
      var _ = context.close();
    }
  }
}
