package fivefold.services.operator;

import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import fivefold.net.style.Conversation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an operator sees what clients say and types the answers. Several clients at once; an answer
 * goes to the one that has waited longest, or to the one that is named.
 *
 * <pre>{@code
 * Desk desk = new Desk(System.out::println);
 * Server.tcp(8081, desk.handlers()).model(model).start();
 * desk.answer("good morning");      // to who has waited longest
 * desk.answer("@2 one moment");     // to client 2
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class Desk {
  private static final Pattern ADDRESSED = Pattern.compile("@([0-9]{1,9})\\s+(.*)");

  private volatile Consumer<String> display;

  // Guarded by this.
  private final TreeMap<Integer, Visitor> visitors = new TreeMap<>();
  private final Set<Visitor> waiting = new LinkedHashSet<>();
  private int last;

  /**
   * A desk without clients yet.
   *
   * @param display gets a line for the operator, clean; may block, and may be called by several
   *     threads at once
   */
  public Desk(Consumer<String> display) {
    this.display = display;
  }

  /** Shows what comes from now on here. */
  public void showOn(Consumer<String> other) {
    display = other;
  }

  /** Gives the handler of each connection, which is written in straight lines. */
  public Supplier<StreamHandler> handlers() {
    OperatorConversation conversation = new OperatorConversation(this);
    return () -> Conversation.of(conversation);
  }

  /**
   * Sends what the operator has typed, with a line end: to the client that has waited longest for
   * an answer, or with {@code @N} before it to client N. Never blocks.
   *
   * @return what became of it, for the operator
   */
  public String answer(String line) {
    Matcher addressed = ADDRESSED.matcher(line);
    boolean named = addressed.matches();
    Visitor to = named ? take(Integer.parseInt(addressed.group(1))) : takeLongestWaiting();
    if (to == null) {
      return named
          ? "there is no client " + addressed.group(1)
          : "nobody waits for an answer; @N TEXT speaks to client N";
    }
    boolean sent = to.connection().sendLine(named ? addressed.group(2) : line);
    return sent ? "to " + to.name() : to.name() + " is gone, or does not read";
  }

  /** The clients, oldest first, and which of them wait. */
  public synchronized List<String> clients() {
    List<String> lines = new ArrayList<>();
    visitors
        .values()
        .forEach(each -> lines.add(each.name() + (waiting.contains(each) ? "  waits" : "")));
    return lines;
  }

  Visitor enter(Connection connection) {
    synchronized (this) {
      Visitor visitor = new Visitor(++last, connection);
      visitors.put(visitor.number(), visitor);
      return visitor;
    }
  }

  /** It waits for an answer from now on, unless it does already. */
  void show(Visitor visitor, String text) {
    synchronized (this) {
      waiting.add(visitor);
    }
    display.accept(visitor.name() + ": " + text);
  }

  synchronized void leave(Visitor visitor) {
    visitors.remove(visitor.number());
    waiting.remove(visitor);
  }

  private synchronized @Nullable Visitor take(int number) {
    Visitor visitor = visitors.get(number);
    if (visitor != null) {
      waiting.remove(visitor);
    }
    return visitor;
  }

  private synchronized @Nullable Visitor takeLongestWaiting() {
    return waiting.isEmpty() ? null : take(waiting.iterator().next().number());
  }
}
