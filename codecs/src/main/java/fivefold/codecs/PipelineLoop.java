package fivefold.codecs;

import fivefold.net.Connection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty's event loop for one connection: the connection's own order of calls, on whatever thread
 * the model makes them.
 */
final class PipelineLoop extends AbstractScheduledEventExecutor implements EventLoop {
  private static final long NOTHING_ARMED = Long.MAX_VALUE;

  /** What a task has to pass on to whom it runs for. */
  interface After {
    void run() throws Exception;
  }

  private final Connection connection;
  private final After afterTask;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private long armedNanos = NOTHING_ARMED;
  private volatile @Nullable Thread running;
  private volatile boolean ended;

  PipelineLoop(Connection connection, After afterTask) {
    this.connection = connection;
    this.afterTask = afterTask;
  }

  /** Runs it, and then all that it has led to. Only in the connection's order. */
  void turn(Runnable body) {
    running = Thread.currentThread();
    try {
      body.run();
      runTasks();
    } finally {
      running = null;
    }
  }

  private void runTasks() {
    for (Runnable task = next0(); task != null; task = next0()) {
      safeExecute(task);
    }
    arm();
  }

  private @Nullable Runnable next0() {
    Runnable task = tasks.poll();
    return task != null ? task : pollScheduledTask();
  }

  /** One timer of the connection for the task that is due first. */
  private void arm() {
    long delayNanos = nextScheduledTaskNano();
    if (delayNanos < 0 || ended) {
      return;
    }
    long dueNanos = System.nanoTime() + delayNanos;
    if (armedNanos == NOTHING_ARMED || dueNanos - armedNanos < 0) {
      armedNanos = dueNanos;
      connection.schedule(Duration.ofNanos(delayNanos), () -> onTimer(dueNanos));
    }
  }

  private void onTimer(long dueNanos) {
    if (armedNanos == dueNanos) {
      armedNanos = NOTHING_ARMED;
    }
    runForConnection(() -> {});
  }

  private void runForConnection(Runnable task) {
    turn(task);
    try {
      afterTask.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The connection is gone: nothing runs any more. */
  void ended() {
    turn(this::cancelScheduledTasks);
    ended = true;
  }

  @Override
  public void execute(Runnable task) {
    if (inEventLoop()) {
      tasks.add(task);
    } else if (ended) {
      throw new RejectedExecutionException("the connection is gone");
    } else {
      connection.execute(() -> runForConnection(task));
    }
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return thread.equals(running);
  }

  @Override
  public EventLoop next() {
    return this;
  }

  @Override
  public @Nullable EventLoopGroup parent() {
    return null;
  }

  @Override
  public ChannelFuture register(Channel channel) {
    return register(new DefaultChannelPromise(channel, this));
  }

  @Override
  public ChannelFuture register(ChannelPromise promise) {
    promise.channel().unsafe().register(this, promise);
    return promise;
  }

  @Override
  @Deprecated
  public ChannelFuture register(Channel channel, ChannelPromise promise) {
    channel.unsafe().register(this, promise);
    return promise;
  }

  @Override
  public boolean isShuttingDown() {
    return ended;
  }

  @Override
  public boolean isShutdown() {
    return ended;
  }

  @Override
  public boolean isTerminated() {
    return ended;
  }

  /** It ends with its connection, and not before. */
  @Override
  public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
    return terminationFuture();
  }

  @Override
  @Deprecated
  public void shutdown() {
    throw new UnsupportedOperationException("it ends with its connection");
  }

  @Override
  public Future<?> terminationFuture() {
    return GlobalEventExecutor.INSTANCE.newFailedFuture(
        new UnsupportedOperationException("it ends with its connection"));
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return ended;
  }
}
