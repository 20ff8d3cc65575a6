package fivefold.services.chat;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import fivefold.services.CleanText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One client: its bytes become lines, and its lines messages and commands. */
final class ChatHandler implements StreamHandler {
  private static final Duration PASSWORD_PATIENCE = Duration.ofSeconds(60);
  private static final int PASSWORD_ATTEMPTS = 3;

  /** Who goes on so much too fast does not read what it is told. */
  private static final int REFUSED_IN_A_ROW = 1_000;

  private final Admission admission;
  private final ChatOptions options;

  // Known from onOpen on; null when it was not let in.
  private @Nullable Member member;
  private @Nullable LineSplitter lines;
  private boolean isIn;
  private boolean leaving;
  private int attempts;
  private int refusedInARow;
  private boolean waitingForQuiet;
  private long receivedNanos;

  ChatHandler(Admission admission, ChatOptions options) {
    this.admission = admission;
    this.options = options;
  }

  @Override
  public void onOpen(Connection connection) {
    try {
      Member visitor = new Member(connection, admission.door().enter(connection.remoteAddress()));
      member = visitor;
      lines =
          new LineSplitter(
              options.limitLineBytes(),
              line -> accept(visitor, line),
              () ->
                  visitor.refuse(
                      "not sent: a line has at most " + options.limitLineBytes() + " bytes"));
      if (options.password() == null) {
        enter(visitor);
      } else {
        visitor.refuse("this chat has a password; send it as your first line");
        connection.schedule(PASSWORD_PATIENCE, () -> closeUnlessIn(connection));
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
    leave();
  }

  @Override
  public void onClosing(Connection connection, CloseReason reason) {
    if (reason.kind() == CloseReason.Kind.SERVER_STOPPED && lines != null) {
      lines.endRest();
    }
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) {
    Member visitor = member;
    if (visitor == null) {
      return;
    }
    lines = null;
    admission.door().leave(visitor.source);
    admission.sequencer().execute(() -> admission.floor().gone(visitor, reason));
  }

  /** In its turn: the client still gets what it has said and asked for last. */
  private void leave() {
    Member visitor = member;
    if (visitor != null) {
      admission.sequencer().execute(() -> admission.commands().leave(visitor));
    }
  }

  private void enter(Member visitor) {
    isIn = true;
    admission.sequencer().execute(() -> admission.floor().enter(visitor));
  }

  private void accept(Member visitor, String line) {
    if (line.isBlank() || leaving || !visitor.connection.isOpen()) {
      return;
    }
    if (line.strip().equals("quit")) {
      leaving = true;
      leave();
    } else if (mayPass(visitor)) {
      if (isIn) {
        speak(visitor, CleanText.of(line));
      } else {
        checkPassword(visitor, line);
      }
    }
  }

  private void speak(Member visitor, String line) {
    boolean taken;
    if (line.startsWith("//")) {
      taken = admission.sequencer().say(visitor, line.substring(1));
    } else if (line.startsWith("/")) {
      taken = admission.sequencer().ask(line, () -> admission.commands().run(visitor, line));
    } else {
      taken = admission.sequencer().say(visitor, line);
    }
    if (!taken) {
      visitor.refuse("not done: the server has too much to do");
    }
  }

  private boolean mayPass(Member visitor) {
    if (visitor.source.rate.take(System.nanoTime())) {
      refusedInARow = 0;
      return true;
    }
    if (refusedInARow++ == 0) {
      visitor.refuse(
          "not sent: at most " + options.messagesPerSecond() + " messages a second of one address");
    }
    if (refusedInARow > REFUSED_IN_A_ROW) {
      visitor.connection.close(
          CloseReason.of(CloseReason.Kind.PROTOCOL_ERROR, "far too many messages"));
    }
    return false;
  }

  private void checkPassword(Member visitor, String line) {
    String password = options.password();
    if (password == null || equal(line.strip(), password)) {
      enter(visitor);
      visitor.tell("you are in");
    } else if (++attempts >= PASSWORD_ATTEMPTS) {
      visitor.refuse("wrong password");
      visitor.connection.close();
    } else {
      visitor.refuse("wrong password; try again");
    }
  }

  /** Takes the same time for every wrong one. */
  private static boolean equal(String said, String password) {
    return MessageDigest.isEqual(
        said.getBytes(StandardCharsets.UTF_8), password.strip().getBytes(StandardCharsets.UTF_8));
  }

  private void closeUnlessIn(Connection connection) {
    if (!isIn) {
      connection.close();
    }
  }
}
