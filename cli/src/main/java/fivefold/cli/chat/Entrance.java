package fivefold.cli.chat;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Gets into the chat. A server that has a password says so at once; one that says nothing has none,
 * and would take the password for a message to everybody: so it is sent only when it is asked for.
 */
final class Entrance {
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final String ASKED = "this chat has a password";
  private static final String WRONG = "wrong password";
  private static final String RIGHT = "you are in";

  private final String password;
  private final BiConsumer<Long, Runnable> timer;
  private final Consumer<String> send;
  private final Runnable onIn;
  private int connections;
  private boolean isIn;
  private boolean wantsPassword;

  /**
   * The way into one chat.
   *
   * @param password empty for none
   * @param timer runs a task after so many nanoseconds
   * @param send a line
   * @param onIn runs on each connection as soon as lines are messages and commands
   */
  Entrance(
      String password, BiConsumer<Long, Runnable> timer, Consumer<String> send, Runnable onIn) {
    this.password = password;
    this.timer = timer;
    this.send = send;
    this.onIn = onIn;
  }

  /** A connection is there. */
  void up() {
    isIn = false;
    wantsPassword = false;
    int connection = ++connections;
    timer.accept(
        PATIENCE_NANOS,
        () -> {
          if (connection == connections && !wantsPassword) {
            in();
          }
        });
  }

  private void in() {
    if (!isIn) {
      isIn = true;
      onIn.run();
    }
  }

  /** Whether what is typed now is a password. */
  boolean wantsPassword() {
    return wantsPassword;
  }

  /** Takes what the server says; true when that is settled, and nobody need read it. */
  boolean settles(ServerLine line) {
    if (isIn) {
      return false;
    }
    if (line instanceof ServerLine.Refusal(String text)) {
      boolean asked = text.startsWith(ASKED);
      wantsPassword |= asked || text.startsWith(WRONG);
      if (asked && !password.isEmpty()) {
        send.accept(password);
        return true;
      }
    } else if (line instanceof ServerLine.Notice(String text) && text.equals(RIGHT)) {
      wantsPassword = false;
      in();
    }
    return false;
  }
}
