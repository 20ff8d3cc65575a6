package fivefold.net.loop;

import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.sys.Errno;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Supplier;

/** Opens connections to others, on a loop. */
public final class Connector implements AutoCloseable {
  private final Transport transport;
  private final EventLoop loop;
  private final Runnable onClose;

  private Connector(Transport transport, EventLoop loop, Runnable onClose) {
    this.transport = transport;
    this.loop = loop;
    this.onClose = onClose;
  }

  /** A connector whose own loop waits by these pollers; its thread runs. */
  public static Connector start(String threadName, PollerFactory pollers) throws IOException {
    LoopThread<EventLoop> thread = new LoopThread<>(threadName, EventLoop.over(pollers.open()));
    thread.start();
    return new Connector(pollers.transport(), thread.loop(), thread::terminate);
  }

  /**
   * A connector on a loop that the caller runs and closes, which may watch other descriptors too: a
   * program's terminal, say, so that keyboard and network are waited for at one place.
   *
   * @param transport of the factory that made the loop's poller
   */
  public static Connector on(EventLoop loop, Transport transport) {
    return new Connector(transport, loop, () -> {});
  }

  /** Where all calls of its connections and attempts are made. */
  public Strand strand() {
    return loop;
  }

  /** Hears of one attempt, once, on the loop; not when it was cancelled. */
  public interface Outcome {

    void connected(Attempt attempt);

    void failed(IOException why);
  }

  /**
   * Begins to connect. On the loop.
   *
   * @return the attempt, whose outcome is told later
   * @throws IOException when it fails at once, as for want of a route
   */
  public Attempt attempt(SocketAddress address, SocketOptions options, Outcome outcome)
      throws IOException {
    Attempt attempt = new Attempt(address, transport.connect(address, options), outcome);
    try {
      loop.add(attempt);
    } catch (IOException | RuntimeException e) {
      transport.close(attempt.handle);
      throw e;
    }
    return attempt;
  }

  /** A connection under way. */
  public final class Attempt implements EventHandler {
    private final SocketAddress address;
    private final int handle;
    private final Outcome outcome;
    private boolean over;
    private boolean connected;

    private Attempt(SocketAddress address, int handle, Outcome outcome) {
      this.address = address;
      this.handle = handle;
      this.outcome = outcome;
    }

    @Override
    public int descriptor() {
      return handle;
    }

    @Override
    public boolean wantsRead() {
      return false;
    }

    @Override
    public boolean wantsWrite() {
      return !over;
    }

    @Override
    public void read() {
      write();
    }

    @Override
    public void write() {
      if (over) {
        return;
      }
      int error = transport.pendingError(handle);
      if (error == Errno.EINPROGRESS) {
        return;
      }
      over = true;
      loop.remove(this);
      if (error == 0) {
        connected = true;
        outcome.connected(this);
      } else {
        transport.close(handle);
        outcome.failed(
            new IOException("cannot connect to " + address + ": " + Errno.describe(error)));
      }
    }

    /** Gives it up; one that has connected is closed. On the loop. */
    public void cancel() {
      if (!over) {
        over = true;
        loop.remove(this);
        transport.close(handle);
      } else if (connected) {
        connected = false;
        transport.close(handle);
      }
    }

    /** Serves the connection from now on. On the loop, once, when it has connected. */
    public void serve(StreamOptions options, Supplier<? extends StreamHandler> handler) {
      connected = false;
      StreamServing serving = new StreamServing(options, handler);
      boolean _ = serving.tryOpen();
      new ReadinessConnection(
              serving,
              transport,
              loop,
              handle,
              RemoteAddress.of(address),
              loop.poller().isEdgeTriggered(),
              gone -> {})
          .open();
    }
  }

  /** Ends its own loop; leaves alone one that was given. */
  @Override
  public void close() {
    onClose.run();
  }
}
