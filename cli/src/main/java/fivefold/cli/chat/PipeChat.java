package fivefold.cli.chat;

import fivefold.cli.FailureException;
import fivefold.net.loop.Connector;
import fivefold.net.loop.EventLoop;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The chat where there is no terminal: lines in, lines out, in one event loop as well. It ends when
 * the server has said all after the end of standard input.
 */
public final class PipeChat {
  private final EventLoop loop;
  private final ChatSettings settings;
  private final PipeInput input = new PipeInput(new Typed());
  private final PipeOutput output = new PipeOutput(new Shown());
  private final ServerLineReader reader = new ServerLineReader();
  private final Entrance entrance;
  private final Link link;
  private @Nullable String end;
  private @Nullable Throwable failure;
  private boolean leaving;
  private boolean open;
  private boolean inputIsWatched;
  private boolean readingIsPaused;
  private int exitCode;

  private PipeChat(EventLoop loop, ChatSettings settings) {
    this.loop = loop;
    this.settings = settings;
    Connector connector = Connector.on(loop, settings.pollers().transport());
    this.link = new Link(loop, settings.client().apply(connector), new Server());
    this.entrance = new Entrance(settings.password(), loop::schedule, link::send, this::in);
  }

  /**
   * Chats until the end.
   *
   * @return the exit code
   * @throws FailureException when there is no connection, or it is lost
   */
  public static int run(ChatSettings settings, ScreenChat.Signals signals) throws IOException {
    try (EventLoop loop = EventLoop.over(settings.pollers().open())) {
      PipeChat chat = new PipeChat(loop, settings);
      try (PipeInput input = chat.input;
          PipeOutput output = chat.output) {
        chat.talk(signals);
        loop.remove(input);
        loop.remove(output);
      }
      if (chat.failure != null) {
        throw new FailureException(String.valueOf(chat.failure.getMessage()), chat.failure);
      }
      return chat.exitCode;
    }
  }

  private void talk(ScreenChat.Signals signals) throws IOException {
    loop.add(output);
    signals.onSignal(code ->
        loop.execute(() -> {
          exitCode = code;
          loop.stop();
        }));
    loop.execute(link::open);
    loop.run();
  }

  private boolean greets() {
    return !settings.password().isEmpty() || !settings.greeting().isEmpty();
  }

  private void in() {
    settings.greeting().forEach(link::send);
    open = true;
    listen();
  }

  /** Input is read while the server takes it, output filled while somebody reads it. */
  private void listen() {
    watchInput(open && !input.hasEnded() && link.isWritable());
    loop.update(output);
    if (output.isFull() != readingIsPaused) {
      readingIsPaused = output.isFull();
      link.pauseReading(readingIsPaused);
    }
  }

  private void watchInput(boolean wanted) {
    if (wanted == inputIsWatched) {
      return;
    }
    inputIsWatched = wanted;
    try {
      if (wanted) {
        loop.add(input);
      } else {
        loop.remove(input);
      }
    } catch (IOException e) {
      fail(new IOException("standard input cannot be watched: " + e.getMessage(), e));
    }
  }

  private void fail(Throwable why) {
    failure = why;
    loop.stop();
  }

  private void show(String line) {
    output.println(line);
    listen();
  }

  /** What was heard before is written first. */
  private void endWhenShown() {
    if (end != null && output.isEmpty()) {
      if (!leaving) {
        fail(new FailureException(end));
      }
      loop.stop();
    }
  }

  private final class Typed implements PipeInput.Listener {
    @Override
    public void typed(String line) {
      leaving |= line.strip().equals("quit") || line.strip().equals("/quit");
      link.send(line);
      listen();
    }

    @Override
    public void ended() {
      leaving = true;
      listen();
      link.end();
    }

    @Override
    public void failed(Throwable why) {
      fail(why);
    }
  }

  private final class Shown implements PipeOutput.Listener {
    @Override
    public void drained() {
      listen();
      endWhenShown();
    }

    @Override
    public void failed(Throwable why) {
      fail(why);
    }
  }

  private final class Server implements Link.Listener {
    @Override
    public void up(boolean again) {
      if (greets()) {
        entrance.up();
      } else {
        in();
      }
    }

    @Override
    public void line(String line) {
      boolean settled = greets() && reader.take(line).map(entrance::settles).orElse(false);
      if (!settled) {
        show(line);
      }
    }

    @Override
    public void writable() {
      listen();
    }

    @Override
    public void down(String why) {
      end =
          link.wasUp()
              ? "the connection to " + settings.server() + " has ended: " + why
              : settings.explain().apply(why);
      endWhenShown();
    }
  }
}
