package fivefold.services.chat;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client that speaks lines: its bytes become lines, and its lines messages and commands. */
final class ChatHandler implements StreamHandler {
  private final Chat chat;
  private final ChatOptions options;

  // Known from onOpen on; null when it was not let in.
  private @Nullable ChatSession session;
  private @Nullable LineSplitter lines;
  private boolean leaving;
  private boolean waitingForQuiet;
  private long receivedNanos;

  ChatHandler(Chat chat, ChatOptions options) {
    this.chat = chat;
    this.options = options;
  }

  @Override
  public void onOpen(Connection connection) {
    try {
      ChatSession begun = chat.session(connection, chat.lines());
      session = begun;
      lines =
          new LineSplitter(
              options.limitLineBytes(),
              line -> accept(connection, begun, line),
              () ->
                  begun.refuse(
                      "not sent: a line has at most " + options.limitLineBytes() + " bytes"));
      if (begun.needsPassword()) {
        begun.refuse("this chat has a password; send it as your first line");
      } else {
        begun.enter();
      }
    } catch (RefusedException e) {
      connection.sendLine("! " + e.getMessage());
      connection.close();
    }
  }

  @Override
  public void onReceive(Connection connection, ByteBuffer data) {
    LineSplitter splitter = lines;
    if (splitter == null) {
      return;
    }
    splitter.feed(data);
    if (splitter.hasRest()) {
      receivedNanos = System.nanoTime();
      awaitQuiet(connection, options.quietAfter());
    }
  }

  /** One timer at a time; what comes meanwhile makes it wait again. */
  private void awaitQuiet(Connection connection, Duration time) {
    if (!waitingForQuiet) {
      waitingForQuiet = true;
      connection.schedule(time, () -> onTimer(connection));
    }
  }

  private void onTimer(Connection connection) {
    waitingForQuiet = false;
    LineSplitter splitter = lines;
    if (splitter == null || !splitter.hasRest()) {
      return;
    }
    long leftNanos = options.quietAfter().toNanos() - (System.nanoTime() - receivedNanos);
    if (leftNanos > 0) {
      awaitQuiet(connection, Duration.ofNanos(leftNanos));
    } else {
      splitter.endRest();
    }
  }

  @Override
  public void onEnd(Connection connection) {
    if (lines != null) {
      lines.endRest();
    }
    // In its turn: the client still gets what it has said and asked for last.
    if (session != null) {
      session.leave();
    }
  }

  @Override
  public void onClosing(Connection connection, CloseReason reason) {
    if (reason.kind() == CloseReason.Kind.SERVER_STOPPED && lines != null) {
      lines.endRest();
    }
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) {
    lines = null;
    if (session != null) {
      session.closed(reason);
    }
  }

  private void accept(Connection connection, ChatSession begun, String line) {
    if (line.isBlank() || leaving || !connection.isOpen()) {
      return;
    }
    if (line.strip().equals("quit")) {
      leaving = true;
      begun.leave();
    } else if (begun.mayPass()) {
      if (!begun.needsPassword()) {
        begun.accept(line);
      } else if (begun.passes(line)) {
        begun.enter();
        begun.tell("you are in");
      }
    }
  }
}
