package fivefold.codecs;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.AttributeKey;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline of Netty's codecs and handlers on a connection of any model. Netty moves no byte
 * and has no thread here: its channel stands on our {@link Connection}, its event loop on the
 * connection's own order.
 *
 * <pre>{@code
 * Server.tcp(8080, () -> PipelineHandler.of(pipeline -> pipeline
 *         .addLast(new HttpServerCodec())
 *         .addLast(new HttpObjectAggregator(65_536))
 *         .addLast(new Greeting())))
 *     .start();
 * }</pre>
 *
 * <ul>
 *   <li>What handlers schedule runs, so that Netty's idle and timeout handlers work. The pipeline
 *       and the channel may be used from any thread, as ever in Netty.
 *   <li>What is flushed goes to {@link Connection#send}: the kernel takes what it can, the outbox,
 *       bounded, the rest. {@link Channel#isWritable} follows its watermarks. When the outbox
 *       refuses bytes the stream has a hole, and the connection ends. For the same reason a policy
 *       that drops messages does not go with a pipeline that sends streams.
 *   <li>Received bytes are copied once, since Netty's handlers may keep them as long as they like.
 *       Codecs have limits of their own for what they gather; choose them.
 *   <li>{@link Channel#read} and auto-read pause and resume reading.
 *   <li>The peer's end closes, after what was sent; with the option {@code ALLOW_HALF_CLOSURE} it
 *       is a {@link ChannelInputShutdownEvent}.
 *   <li>An exception that no handler of the pipeline takes closes the connection and is reported,
 *       as one of any {@link StreamHandler}.
 * </ul>
 *
 * <p>One for each connection.
 */
public final class PipelineHandler implements StreamHandler {
  /** The connection below a channel, for handlers that want more of it than Netty knows. */
  public static final AttributeKey<Connection> CONNECTION =
      AttributeKey.valueOf(PipelineHandler.class, "connection");

  /** Why the connection ended; not there while it has not, and when the pipeline has closed it. */
  public static final AttributeKey<CloseReason> CLOSE_REASON =
      AttributeKey.valueOf(PipelineHandler.class, "closeReason");

  private final Consumer<ChannelPipeline> initial;

  // From onOpen on.
  private @Nullable PipelineChannel channel;

  private PipelineHandler(Consumer<ChannelPipeline> initial) {
    this.initial = initial;
  }

  /** A handler of one connection; {@code initial} adds the codecs and handlers to its pipeline. */
  public static StreamHandler of(Consumer<ChannelPipeline> initial) {
    return new PipelineHandler(initial);
  }

  @Override
  public void onOpen(Connection connection) throws Exception {
    PipelineChannel opened = new PipelineChannel(connection);
    channel = opened;
    opened.attr(CONNECTION).set(connection);
    opened.turn(() -> {
      initial.accept(opened.pipeline());
      opened.open();
    });
  }

  @Override
  public void onReceive(Connection connection, ByteBuffer data) throws Exception {
    PipelineChannel open = required();
    open.turn(() -> open.receive(data));
  }

  @Override
  public void onEnd(Connection connection) throws Exception {
    PipelineChannel open = required();
    open.turn(open::end);
  }

  @Override
  public void onWritable(Connection connection) throws Exception {
    PipelineChannel open = required();
    open.turn(() -> open.writable(true));
  }

  @Override
  public void onClosing(Connection connection, CloseReason reason) throws Exception {
    PipelineChannel open = required();
    open.turn(() -> open.pipeline().fireUserEventTriggered(new ClosingEvent(reason)));
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) throws Exception {
    PipelineChannel closed = channel;
    if (closed != null) {
      closed.attr(CLOSE_REASON).set(reason);
      closed.turn(() -> closed.unsafe().close(closed.voidPromise()));
      closed.ended();
    }
  }

  private PipelineChannel required() {
    PipelineChannel open = channel;
    if (open == null) {
      throw new IllegalStateException("used before it was open");
    }
    return open;
  }
}
