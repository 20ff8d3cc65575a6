package fivefold.cli.connect;

import fivefold.cli.PlainText;
import fivefold.cli.console.Terminals;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Lines from the keyboard to the peer; what the peer says appears above the prompt. */
public final class TerminalSession {
  private static final String PROMPT = ">>: ";

  private final Wire wire;
  private final LineReader reader;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Ctrl-D was typed: that the server closes then is no news. */
  private volatile boolean leaving;

  private TerminalSession(Wire wire, LineReader reader) {
    this.wire = wire;
    this.reader = reader;
  }

  public static void run(Wire wire) throws IOException {
    try (Terminal terminal = Terminals.open()) {
      new TerminalSession(wire, Terminals.reader(terminal)).talk();
    }
  }

  private void talk() throws IOException {
    Thread keyboard = Thread.currentThread();
    Thread.ofPlatform().daemon().name("receiver").start(() -> showAll(keyboard));
    try {
      while (ended.getCount() > 0) {
        sendUnlessEmpty(reader.readLine(PROMPT));
      }
    } catch (EndOfFileException ctrlD) {
      leaving = true;
      wire.endOutput();
      awaitEnd();
    } catch (UserInterruptException ctrlCOrTheEnd) {
      // Nothing is left to do.
    }
  }

  private void sendUnlessEmpty(String line) throws IOException {
    if (!line.isBlank()) {
      wire.sendLine(line);
    }
  }

  private void showAll(Thread keyboard) {
    String end = "the server closed the connection";
    try {
      for (String text; (text = wire.receive()) != null; ) {
        reader.printAbove(PlainText.of(text).stripTrailing());
      }
    } catch (IOException e) {
      end = "the connection broke: " + e.getMessage();
    }
    if (!leaving) {
      reader.printAbove(end);
    }
    ended.countDown();
    keyboard.interrupt();
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException theEndItself) {
      // The receiver interrupts when it is done.
    }
  }
}
