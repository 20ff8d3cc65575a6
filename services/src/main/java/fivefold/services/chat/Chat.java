package fivefold.services.chat;

import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import fivefold.services.CleanText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A chat: rooms, members and a history. It serves any number of servers at once.
 *
 * <pre>{@code
 * try (Chat chat = Chat.open(ChatOptions.DEFAULT);
 *     Server server = Server.tcp(9999, chat.handlers()).model(model).start()) {
 *   server.awaitClose();
 * }
 * }</pre>
 *
 * <p>What a client can do and sees is in the guide. Everybody in a room gets its messages in one
 * order, and none before it is in the history. Thread-safe.
 */
public final class Chat implements AutoCloseable {
  private static final int OPERATOR_PATIENCE_SECONDS = 10;

  private final ChatOptions options;
  private final History history;
  private final Order order;
  private final Neighbours neighbours;
  private final Floor floor;
  private final Searches searches;
  private final Admission admission;
  private final ChatForm lines = new LineForm(ZoneId.systemDefault());

  private Chat(ChatOptions options, History history, Order order, Neighbours neighbours)
      throws IOException {
    this.options = options;
    this.history = history;
    this.order = order;
    this.neighbours = neighbours;
    this.floor = new Floor(history, order, neighbours);
    this.searches = new Searches(history);
    this.admission =
        new Admission(
            new Door(options.connectionsPerAddress(), options.messagesPerSecond()),
            new Sequencer(floor),
            floor,
            new Commands(floor, history, searches, neighbours));
    admission.sequencer().start();
    try {
      order.start(admission.sequencer()::execute, floor);
      neighbours.start(admission.sequencer()::execute, new NeighbourNews(floor));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens the history, and a chat with it.
   *
   * @throws IOException when the history cannot be kept; the message says what to do
   */
  public static Chat open(ChatOptions options) throws IOException {
    History history =
        options.history().kept() ? StoredHistory.open(options.history()) : new NoHistory();
    return open(options, history);
  }

  /** With a history of the test's own. */
  static Chat open(ChatOptions options, History history) throws IOException {
    return new Chat(options, history, new LocalOrder(history.lastId()), new NoNeighbours());
  }

  /**
   * Opens a chat that is one with those on other servers. Its own history is a copy of what the
   * order places, in memory.
   *
   * @param order where what is said gets its place; the chat closes it, also when it cannot open
   * @param neighbours the other servers; closed likewise
   * @throws IOException when it cannot join them; the message says what to do
   */
  public static Chat join(ChatOptions options, Order order, Neighbours neighbours)
      throws IOException {
    HistoryOptions copy = options.history();
    if (!copy.kept() || copy.file() != null) {
      throw new IllegalArgumentException(
          "what several servers share is kept where they share it; expected a history in memory");
    }
    return new Chat(options, StoredHistory.open(copy), order, neighbours);
  }

  /** Gives the handler of each connection. */
  public Supplier<StreamHandler> handlers() {
    return () -> new ChatHandler(this, options);
  }

  /**
   * Begins a client's session, for handlers that speak something else than lines.
   *
   * @throws RefusedException when the client may not come in; the message is one line for it
   */
  public ChatSession session(Connection connection, ChatForm form) throws RefusedException {
    Member member =
        new Member(connection, admission.door().enter(connection.remoteAddress()), form);
    return new ChatSession(admission, options, member);
  }

  /** How those are told what happens that speak lines. */
  ChatForm lines() {
    return lines;
  }

  /** What was chosen about it. */
  public ChatOptions options() {
    return options;
  }

  /** The rooms somebody here is in, by name; on other servers there may be more in them. */
  public List<RoomInfo> rooms() {
    return ask(floor::rooms);
  }

  /** Who is connected here, in the order in which they came. */
  public List<MemberInfo> members() {
    return ask(() -> floor.roster.members().stream().map(MemberInfo::of).toList());
  }

  /** Who is on the other servers. */
  public List<Presence> elsewhere() {
    return ask(() -> floor.elsewhere.members());
  }

  /**
   * Closes the connection of a member.
   *
   * @param name a nickname, or an address with its port
   * @return false when nobody is called so
   */
  public boolean kick(String name) {
    return ask(() -> {
      Optional<Member> member = floor.roster.find(name);
      member.ifPresent(each -> each.dismiss(ChatEvent.Dismissal.KICKED));
      return member.isPresent();
    });
  }

  /**
   * Lets nobody in from an address any more, until the chat closes, and closes the connections it
   * has. Of IPv6 it is the network of 64 bits.
   *
   * @param who a nickname, or an address with or without a port
   * @return what was banned; empty when it is neither
   */
  public Optional<String> ban(String who) {
    return ask(() -> {
      Optional<String> key = addressKey(who);
      key.ifPresent(banned -> {
        admission.door().ban(banned);
        floor.roster.members().stream()
            .filter(each -> banned.equals(key(each.connection.remoteAddress())))
            .forEach(each -> each.dismiss(ChatEvent.Dismissal.BANNED));
      });
      return key;
    });
  }

  /** Lets an address in again, as {@link #banned} has it; false when it was not banned. */
  public boolean unban(String address) {
    return admission.door().unban(address);
  }

  /** The addresses that are banned. */
  public List<String> banned() {
    return admission.door().banned();
  }

  /**
   * The operator speaks, under the name {@code server}.
   *
   * @param room null for all that somebody is in
   * @return how many rooms there are to hear it
   */
  public int say(@Nullable String room, String text) {
    String clean = CleanText.of(text);
    return ask(() -> {
      List<Room> rooms =
          floor.roster.rooms().stream()
              .filter(each -> room == null || each.name.equals(Names.key(room)))
              .toList();
      rooms.forEach(each -> floor.operatorSays(each, clean));
      return rooms.size();
    });
  }

  /** Counts since it was opened. */
  public ChatStats stats() {
    return new ChatStats(
        floor.messages.sum(), floor.deliveries.sum(), floor.batches.sum(), floor.slow.sum());
  }

  private Optional<String> addressKey(String who) {
    Optional<String> ofMember =
        floor.roster.find(who).map(member -> key(member.connection.remoteAddress()));
    if (ofMember.isPresent()) {
      return ofMember.filter(key -> !key.isEmpty());
    }
    try {
      return Optional.of(Door.key(InetAddress.ofLiteral(who)));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static String key(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? Door.key(inet.getAddress()) : "";
  }

  /** In its turn, and waits for it. */
  private <T> T ask(Callable<T> question) {
    FutureTask<T> task = new FutureTask<>(question);
    admission.sequencer().execute(task);
    try {
      return task.get(OPERATOR_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the chat is closed, or has too much to do", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Keeps what was said, and ends. Stop the servers before. */
  @Override
  public void close() {
    if (admission.sequencer().isOpen()) {
      admission.sequencer().close();
      neighbours.close();
      order.close();
      searches.close();
      history.close();
    }
  }
}
