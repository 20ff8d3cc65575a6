package fivefold.codecs;

import fivefold.net.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.DefaultChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Netty's channel over one of our connections: it moves no byte itself. */
final class PipelineChannel extends AbstractChannel {
  private static final ChannelMetadata METADATA = new ChannelMetadata(false);

  /** Which of Netty's bits for reasons of its user's says that our outbox is full. */
  private static final int OUTBOX_BIT = 1;

  private final Connection connection;
  private final PipelineLoop loop;
  private final Config config = new Config();
  private boolean open = true;
  private boolean reading;
  private boolean paused;
  private @Nullable Throwable failure;

  PipelineChannel(Connection connection) {
    super(null, new ConnectionId(connection.id()));
    this.connection = connection;
    this.loop = new PipelineLoop(connection, this::failIfFailed);
    // Netty's pooled memory belongs to threads, and a model may have one for each connection.
    config.setAllocator(UnpooledByteBufAllocator.DEFAULT);
  }

  /** In the connection's order; throws what no handler of the pipeline has taken. */
  void turn(Runnable body) throws Exception {
    loop.turn(body);
    failIfFailed();
  }

  void open() {
    var _ = loop.register(this);
    pauseUnlessReading();
  }

  void receive(ByteBuffer data) {
    reading = false;
    ByteBuf copy = config.getAllocator().heapBuffer(data.remaining());
    pipeline().fireChannelRead(copy.writeBytes(data));
    pipeline().fireChannelReadComplete();
    pauseUnlessReading();
  }

  void end() {
    if (Boolean.TRUE.equals(config.getOption(ChannelOption.ALLOW_HALF_CLOSURE))) {
      pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      var _ = close();
    }
  }

  void writable(boolean is) {
    ChannelOutboundBuffer buffer = unsafe().outboundBuffer();
    if (buffer != null) {
      buffer.setUserDefinedWritability(OUTBOX_BIT, is);
    }
  }

  void ended() {
    loop.ended();
  }

  private void stopReading() {
    reading = false;
    pauseUnlessReading();
  }

  private void pauseUnlessReading() {
    if (!reading && !paused && open) {
      paused = true;
      connection.pauseReading();
    }
  }

  private void failIfFailed() throws Exception {
    Throwable thrown = failure;
    failure = null;
    switch (thrown) {
      case null -> {}
      case Error error -> throw error;
      case Exception exception -> throw exception;
      default -> throw new IllegalStateException(thrown);
    }
  }

  @Override
  protected void doBeginRead() {
    reading = true;
    if (paused) {
      paused = false;
      connection.resumeReading();
    }
  }

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    throw new UnsupportedOperationException(
        "what leaves the pipeline is a "
            + message.getClass().getName()
            + "; expected a ByteBuf, so an encoder for it is missing");
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer waiting) throws ClosedChannelException {
    while (waiting.current() instanceof ByteBuf bytes) {
      // One buffer of ours for one of Netty's: an outbox takes a message whole or not at all.
      if (bytes.isReadable() && !connection.send(bytes.nioBuffer())) {
        // Bytes are missing in the stream now, unless it was ending anyway.
        connection.abort();
        throw new ClosedChannelException();
      }
      waiting.remove();
    }
    if (!connection.isWritable()) {
      writable(false);
    }
  }

  @Override
  protected void doClose() {
    open = false;
    connection.close();
  }

  @Override
  public ChannelConfig config() {
    return config;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isActive() {
    return open;
  }

  @Override
  public ChannelMetadata metadata() {
    return METADATA;
  }

  @Override
  protected boolean isCompatible(EventLoop other) {
    return other instanceof PipelineLoop;
  }

  @Override
  protected SocketAddress localAddress0() {
    return connection.localAddress();
  }

  @Override
  protected SocketAddress remoteAddress0() {
    return connection.remoteAddress();
  }

  @Override
  protected void doBind(SocketAddress address) {
    throw new UnsupportedOperationException("it is connected already");
  }

  @Override
  protected void doDisconnect() {
    doClose();
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    return new AbstractUnsafe() {
      @Override
      public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        promise.setFailure(new UnsupportedOperationException("it is connected already"));
      }
    };
  }

  @Override
  protected DefaultChannelPipeline newChannelPipeline() {
    return new DefaultChannelPipeline(this) {
      @Override
      protected void onUnhandledInboundException(Throwable cause) {
        if (failure == null) {
          failure = cause;
        }
      }
    };
  }

  /** Half-closure and auto-read in the usual place. */
  private final class Config extends DefaultChannelConfig {
    private volatile boolean halfClosure;

    Config() {
      super(PipelineChannel.this);
    }

    @Override
    @SuppressWarnings("unchecked") // the option's type is Boolean
    public <T> T getOption(ChannelOption<T> option) {
      return option.equals(ChannelOption.ALLOW_HALF_CLOSURE)
          ? (T) Boolean.valueOf(halfClosure)
          : super.getOption(option);
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
      if (option.equals(ChannelOption.ALLOW_HALF_CLOSURE)) {
        halfClosure = (Boolean) value;
        return true;
      }
      return super.setOption(option, value);
    }

    @Override
    protected void autoReadCleared() {
      // The call that is under way ends; the next bytes wait for the next read().
      if (loop.inEventLoop()) {
        stopReading();
      } else {
        loop.execute(PipelineChannel.this::stopReading);
      }
    }
  }
}
