package fivefold.net;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An I/O model: how a thread waits for input and output, together with who runs the handler.
 *
 * <p>The families are those of Stevens, <i>UNIX Network Programming</i>, volume 1, chapter 6. A
 * handler is the same on every model:
 *
 * <pre>{@code
 * Server.tcp(7007, () -> Connection::send).model(IoModel.parse("epoll")).start();
 * }</pre>
 */
public enum IoModel {
  PROCESS("process", Family.BLOCKING, "a process for each connection, blocked in read(2)"),
  THREAD("thread", Family.BLOCKING, "a platform thread for each connection, blocked in read(2)"),
  POOL("pool", Family.BLOCKING, "a fixed pool of threads, each in read(2) of one connection"),
  VIRTUAL(
      "virtual", Family.BLOCKING, "a virtual thread for each connection, parked until readable"),
  NONBLOCKING(
      "nonblocking", Family.NONBLOCKING, "one loop asks every socket again and again by recv(2)"),
  SELECT("select", Family.MULTIPLEXING, "one loop waits in select(2), descriptors below 1024"),
  POLL("poll", Family.MULTIPLEXING, "one loop waits in poll(2), the whole list on each call"),
  EPOLL("epoll", Family.MULTIPLEXING, "one loop waits in epoll_wait(2), level-triggered"),
  EPOLL_ET("epoll-et", Family.MULTIPLEXING, "one loop waits in epoll_wait(2), edge-triggered"),
  EPOLL_POOL(
      "epoll+pool",
      Family.MULTIPLEXING,
      "one loop waits in epoll_wait(2), one-shot; a pool handles"),
  KQUEUE("kqueue", Family.MULTIPLEXING, "one loop waits in kevent(2), on Linux by libkqueue"),
  NIO("nio", Family.MULTIPLEXING, "one loop waits in java.nio's Selector, epoll_wait(2) on Linux"),
  SIGNAL("signal", Family.SIGNAL_DRIVEN, "one loop takes queued signals by sigtimedwait(2)"),
  IO_URING(
      "io_uring", Family.ASYNCHRONOUS, "one loop is told by io_uring_enter(2) what has been done"),
  AIO("aio", Family.ASYNCHRONOUS, "java.nio's asynchronous channels, threads of their own");

  /** The five I/O models of the textbook. */
  public enum Family {
    BLOCKING,
    NONBLOCKING,
    MULTIPLEXING,
    SIGNAL_DRIVEN,
    ASYNCHRONOUS;

    /** The family as one writes it: {@code multiplexing}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final String word;
  private final Family family;
  private final String summary;

  IoModel(String word, Family family, String summary) {
    this.word = word;
    this.family = family;
    this.summary = summary;
  }

  /** The word on the command line, such as {@code epoll-et}. */
  public String word() {
    return word;
  }

  /** Which of the textbook's models it is. */
  public Family family() {
    return family;
  }

  /** One line that says who waits where. */
  public String summary() {
    return summary;
  }

  /**
   * Whether all handlers run in the process that started the server, and so can share objects.
   * Where they do not, a server takes {@link NamedHandlers} only.
   */
  public boolean sharesMemory() {
    return this != PROCESS;
  }

  /** Whether this model can run here; asks the system, so not for a hot path. */
  public Availability availability() {
    return Engines.availability(this);
  }

  /** Whether {@link Server#udp} runs on this model; {@link Server#tcp} runs on each. */
  public boolean servesDatagrams() {
    return Engines.servesDatagrams(this);
  }

  /** Which Unix sockets {@link Server#unix} listens on with this model. */
  public UnixSockets unixSockets() {
    return Engines.unixSockets(this);
  }

  /**
   * The model that this project's measurements (docs/benchmarks.md) justify, of those that can run
   * here, with the order they were tried in and the reason each other was passed over. Asks the
   * system, so not for a hot path.
   */
  public static ModelChoice auto() {
    return AutoModel.best();
  }

  /**
   * The first of these models that can run here, and no other.
   *
   * <pre>{@code
   * IoModel model = IoModel.auto(List.of(IoModel.IO_URING, IoModel.EPOLL)).model();
   * }</pre>
   *
   * @throws ModelUnavailableException when none of them can; one line with the reasons and remedies
   * @throws IllegalArgumentException when the list is empty
   */
  public static ModelChoice auto(List<IoModel> required) throws ModelUnavailableException {
    return AutoModel.oneOf(required);
  }

  /**
   * The model a word names.
   *
   * @throws IllegalArgumentException when no model has that name; the message lists those there are
   */
  public static IoModel parse(String word) {
    String wanted = spelling(word);
    return Arrays.stream(values())
        .filter(model -> spelling(model.word).equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown model '" + word + "'; expected one of " + words()));
  }

  /** One word, also when written with a dash for an underscore or in capitals. */
  private static String spelling(String word) {
    return word.strip().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All models, in the textbook's order. */
  public static List<IoModel> all() {
    return List.of(values());
  }

  private static String words() {
    return Arrays.stream(values()).map(IoModel::word).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return word;
  }
}
