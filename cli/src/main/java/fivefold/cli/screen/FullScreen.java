package fivefold.cli.screen;

import fivefold.cli.console.Terminals;
import java.io.IOException;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.InfoCmp.Capability;

/**
 * The terminal taken over as a whole: its other screen (the one before comes back), raw mode, mouse
 * reports, marked pastes; and given back on every way out, a signal and an exception included, but
 * for kill -9.
 *
 * <p>Modes and size are JLine's business, the sequences are xterm's (ctlseqs.txt).
 */
public final class FullScreen implements AutoCloseable {
  /** For terminals that do not know, such as a serial line. */
  private static final Event.Resize USUAL_SIZE = new Event.Resize(80, 24);

  private static final String ENTER = "\u001b[?1049h\u001b[?2004h";
  private static final String ENTER_MOUSE = "\u001b[?1000h\u001b[?1006h";
  private static final String LEAVE =
      "\u001b[?1006l\u001b[?1000l\u001b[?2004l\u001b[0m\u001b[?25h\u001b[?1049l";

  private final Terminal terminal;
  private final Attributes before;
  private final Thread onExit = new Thread(this::restore, "restore-terminal");
  private boolean restored;

  private FullScreen(Terminal terminal, boolean mouse) {
    this.terminal = terminal;
    before = terminal.getAttributes();
    Runtime.getRuntime().addShutdownHook(onExit);
    terminal.enterRawMode();
    write(mouse ? ENTER + ENTER_MOUSE : ENTER);
  }

  /** Takes the terminal over. */
  public static FullScreen enter(boolean mouse) throws IOException {
    Terminal terminal = Terminals.open();
    if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
      terminal.close();
      throw new IOException("a terminal of type 'dumb' has no screen to paint on");
    }
    return new FullScreen(terminal, mouse);
  }

  /** Its size now; asking starts a program (stty(1)), so it is not for the loop. */
  public Event.Resize size() {
    Size size = terminal.getSize();
    return size.getColumns() > 0 && size.getRows() > 0
        ? new Event.Resize(size.getColumns(), size.getRows())
        : USUAL_SIZE;
  }

  /** Is told the size when it has changed (SIGWINCH), on a thread of the JVM's. */
  public void onResize(Consumer<Event.Resize> handler) {
    terminal.handle(Signal.WINCH, _ -> tellSize(handler));
  }

  /** One at a time: so the last that is told is the last there was. */
  private synchronized void tellSize(Consumer<Event.Resize> handler) {
    if (!restored) {
      handler.accept(size());
    }
  }

  /** How many colours it has; none where NO_COLOR is set (no-color.org). */
  public int colours() {
    String noColour = System.getenv("NO_COLOR");
    Integer known = terminal.getNumericCapability(Capability.max_colors);
    return known == null || (noColour != null && !noColour.isEmpty()) ? 0 : known;
  }

  private void write(String sequences) {
    terminal.writer().write(sequences);
    terminal.flush();
  }

  private synchronized void restore() {
    if (restored) {
      return;
    }
    restored = true;
    write(LEAVE);
    terminal.setAttributes(before);
    try {
      terminal.close();
    } catch (IOException e) {
      // It is gone, and needs nothing.
    }
  }

  @Override
  public void close() {
    restore();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException underWay) {
      // The hook finds that all is done.
    }
  }
}
