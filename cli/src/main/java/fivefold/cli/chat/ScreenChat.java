package fivefold.cli.chat;

import fivefold.cli.FailureException;
import fivefold.cli.screen.Event;
import fivefold.cli.screen.EventQueue;
import fivefold.cli.screen.FullScreen;
import fivefold.cli.screen.KeyDecoder;
import fivefold.cli.screen.Painter;
import fivefold.cli.screen.TerminalDevice;
import fivefold.net.loop.Connector;
import fivefold.net.loop.EventLoop;
import fivefold.net.loop.Timer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The chat on a terminal. One thread, one loop: it sleeps until the keyboard, the network, a timer
 * or a signal has something; each posts events, and when all of a turn have been handled, one
 * picture is painted.
 */
public final class ScreenChat {
  /** After an Escape, what belongs to a sequence comes at once; a person takes longer. */
  private static final long ESCAPE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final EventLoop loop;
  private final FullScreen screen;
  private final EventQueue events;
  private final KeyDecoder decoder;
  private final Painter painter;
  private final TerminalDevice device;
  private final ChatWindow window;
  private @Nullable Timer escape;
  private @Nullable Throwable failure;
  private int exitCode;

  private ScreenChat(EventLoop loop, FullScreen screen, ChatSettings settings) throws IOException {
    this.loop = loop;
    this.screen = screen;
    this.events = new EventQueue(loop::defer, this::fail);
    this.decoder = new KeyDecoder(events::post);
    this.painter = new Painter(screen.colours());
    this.device = TerminalDevice.open(new Keyboard());
    Connector connector = Connector.on(loop, settings.pollers().transport());
    this.window =
        new ChatWindow(
            settings,
            events,
            loop::schedule,
            listener -> new Link(loop, settings.client().apply(connector), listener),
            this::end);
  }

  /**
   * Chats until the end.
   *
   * @return the exit code
   * @throws FailureException when there is no connection at first, or the server sends this member
   *     away
   */
  public static int run(ChatSettings settings, Signals signals) throws IOException {
    @Nullable Throwable failure;
    int exitCode;
    try (EventLoop loop = EventLoop.over(settings.pollers().open());
        FullScreen screen = FullScreen.enter(settings.mouse())) {
      ScreenChat chat = new ScreenChat(loop, screen, settings);
      try {
        chat.talk(signals);
      } finally {
        loop.remove(chat.device);
        chat.device.close();
      }
      failure = chat.failure;
      exitCode = chat.exitCode;
    }
    // The terminal is as it was: now there is a place for words.
    if (failure instanceof RuntimeException fault) {
      throw fault;
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    return exitCode;
  }

  /** How the process is told from outside to end. */
  @FunctionalInterface
  public interface Signals {
    /** Has this called with an exit code, on any thread, when a signal has come. */
    void onSignal(IntConsumer end);
  }

  private void talk(Signals signals) throws IOException {
    events.onIdle(this::paint);
    loop.add(device);
    screen.onResize(size ->
        loop.execute(() -> {
          painter.forget(); // terminals move rows about as they like
          events.post(size);
        }));
    signals.onSignal(code -> loop.execute(() -> end(code)));
    Event.Resize size = screen.size();
    loop.execute(() -> {
      events.post(size);
      window.start();
    });
    loop.run();
  }

  /** One picture at a time: while the terminal is busy with the last one, none is made. */
  private void paint() {
    if (device.isBusy() || failure != null) {
      return;
    }
    if (window.takeRepaint()) {
      painter.forget();
    }
    try {
      device.write(painter.paint(window.picture()));
      loop.update(device);
    } catch (IOException e) {
      fail(e);
    }
  }

  private void end(int code) {
    exitCode = code;
    loop.stop();
  }

  private void fail(Throwable why) {
    failure = why;
    loop.stop();
  }

  /** The terminal's descriptor: bytes to keys. */
  private final class Keyboard implements TerminalDevice.Listener {
    @Override
    public void typed(byte[] bytes, int count) {
      if (escape != null) {
        loop.cancel(escape);
        escape = null;
      }
      decoder.feed(bytes, count);
      if (decoder.hasEscape()) {
        escape = loop.schedule(ESCAPE_NANOS, decoder::endEscape);
      }
    }

    @Override
    public void drained() {
      events.wake();
    }

    @Override
    public void gone(Throwable why) {
      fail(why);
    }
  }
}
