package fivefold.services.chat;

import fivefold.net.CloseReason;
import fivefold.services.CleanText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

/**
 * One client in a chat, whatever its bytes look like: {@link Chat#session} begins it, {@link
 * #closed} ends it. What it hears comes to its connection, in its {@link ChatForm}.
 *
 * <p>Called in the connection's own order, as its handler is. No method waits.
 */
public final class ChatSession {
  private static final Duration PASSWORD_PATIENCE = Duration.ofSeconds(60);
  private static final int PASSWORD_ATTEMPTS = 3;

  /** Who goes on so much too fast does not read what it is told. */
  private static final int REFUSED_IN_A_ROW = 1_000;

  private final Admission admission;
  private final ChatOptions options;
  private final Member member;
  private boolean mayEnter;
  private int attempts;
  private int refusedInARow;

  /** A connection that has come in by the door. */
  ChatSession(Admission admission, ChatOptions options, Member member) {
    this.admission = admission;
    this.options = options;
    this.member = member;
    this.mayEnter = options.password() == null;
    if (!mayEnter) {
      member.connection.schedule(PASSWORD_PATIENCE, this::closeUnlessIn);
    }
  }

  private void closeUnlessIn() {
    if (!mayEnter) {
      member.connection.close();
    }
  }

  /** Whether the client still has to say the password. */
  public boolean needsPassword() {
    return !mayEnter;
  }

  /**
   * Whether one more request may pass: its address makes not too many. The client is told at the
   * first that may not, and closed when it does not care.
   */
  public boolean mayPass() {
    if (member.source.rate.take(System.nanoTime())) {
      refusedInARow = 0;
      return true;
    }
    if (refusedInARow++ == 0) {
      member.refuse(
          "not sent: at most " + options.messagesPerSecond() + " messages a second of one address");
    }
    if (refusedInARow > REFUSED_IN_A_ROW) {
      member.connection.close(
          CloseReason.of(CloseReason.Kind.PROTOCOL_ERROR, "far too many messages"));
    }
    return false;
  }

  /** Whether it is the password. After three that are not, the connection closes. */
  public boolean passes(String said) {
    String password = options.password();
    mayEnter = mayEnter || password == null || equal(said.strip(), password);
    if (!mayEnter) {
      if (++attempts >= PASSWORD_ATTEMPTS) {
        member.dismiss(ChatEvent.Dismissal.WRONG_PASSWORD);
      } else {
        member.hear(new ChatEvent.NotWelcomed("wrong password; try again"));
      }
    }
    return mayEnter;
  }

  /** Takes the same time for every wrong one. */
  private static boolean equal(String said, String password) {
    return MessageDigest.isEqual(
        said.getBytes(StandardCharsets.UTF_8), password.strip().getBytes(StandardCharsets.UTF_8));
  }

  /** Comes into the lobby without a word, as a bare client expects. */
  void enter() {
    admission.sequencer().execute(() -> admission.floor().enter(member));
  }

  /** Comes in, and hears what it has missed, or why it may not. */
  public void enter(Arrival arrival) {
    if (mayEnter) {
      ask(String.valueOf(arrival.rooms()), () -> admission.commands().arrive(member, arrival));
    }
  }

  /** Says a line where it speaks, or does what it asks for. */
  void accept(String line) {
    String clean = CleanText.of(line);
    if (isCommand(clean)) {
      ask(clean, () -> admission.commands().run(member, clean));
    } else {
      require(admission.sequencer().say(member, null, unescaped(clean)));
    }
  }

  /** Says a line in a room, or does there what it asks for. A line feed in it ends no line. */
  public void accept(String room, String line) {
    String clean = CleanText.of(line);
    if (clean.getBytes(StandardCharsets.UTF_8).length > options.limitLineBytes()) {
      member.refuse("not sent: a line has at most " + options.limitLineBytes() + " bytes");
    } else if (isCommand(clean)) {
      ask(clean, () -> admission.commands().run(member, room, clean));
    } else {
      require(admission.sequencer().say(member, room, unescaped(clean)));
    }
  }

  private static boolean isCommand(String line) {
    return line.startsWith("/") && !line.startsWith("//");
  }

  private static String unescaped(String line) {
    return line.startsWith("//") ? line.substring(1) : line;
  }

  /** Comes into a room, or hears what followed a message there; 0 for the last messages. */
  public void join(String room, long afterId) {
    ask(room, () -> admission.commands().join(member, room, afterId));
  }

  /** Hears what followed a message in a room it is in. */
  public void missed(String room, long afterId) {
    ask(room, () -> admission.commands().missed(member, room, afterId));
  }

  /** Hears what preceded a message in a room it is in. */
  public void earlier(String room, long beforeId) {
    ask(room, () -> admission.commands().earlier(member, room, beforeId));
  }

  /** Hears which rooms there are. */
  public void rooms() {
    ask("", () -> admission.commands().rooms(member));
  }

  /** Its connection closes when it has got what it has asked for. */
  public void leave() {
    admission.sequencer().execute(() -> admission.commands().leave(member));
  }

  /** Its connection has closed. */
  public void closed(CloseReason reason) {
    admission.door().leave(member.source);
    admission.sequencer().execute(() -> admission.floor().gone(member, reason));
  }

  /** Tells it why something was not done. */
  public void refuse(String why) {
    member.refuse(why);
  }

  void tell(String notice) {
    member.hear(new ChatEvent.Told(notice));
  }

  private void ask(String line, Runnable change) {
    require(admission.sequencer().ask(line, change));
  }

  private void require(boolean taken) {
    if (!taken) {
      member.refuse("not done: the server has too much to do");
    }
  }
}
