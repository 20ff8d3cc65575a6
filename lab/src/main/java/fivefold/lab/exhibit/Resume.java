package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A task that waits in its middle: where its place and its variables are kept until it goes on. */
final class Resume implements Exhibit {
  private static final int STEPS = 3;

  @Override
  public String name() {
    return "resume";
  }

  @Override
  public Outcome run(Scale scale) throws IOException, InterruptedException {
    int tasks = scale.of(500, 100);
    try (DelayedReplies peer = new DelayedReplies(Duration.ofMillis(scale.of(150, 80)))) {
      Style threads =
          straightLine(
              "thread",
              peer,
              tasks,
              Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory()));
      Style virtual =
          straightLine("virtual", peer, tasks, Executors.newVirtualThreadPerTaskExecutor());
      Style callback = callbacks(peer, tasks);
      return judge(tasks, threads, virtual, callback);
    }
  }

  private static Outcome judge(int tasks, Style threads, Style virtual, Style callback) {
    Words numbers =
        Outcome.numbers()
            .with("tasks", tasks)
            .with("threads", threads.osThreads())
            .with("virtual", virtual.osThreads())
            .with("callback", callback.osThreads())
            .with("threadsKept", threads.kept())
            .with("virtualKept", virtual.kept())
            .with("callbackKept", callback.kept());
    boolean shown =
        threads.osThreads() == tasks
            && virtual.osThreads() < tasks / 2
            && callback.osThreads() == 1
            && threads.kept() == tasks
            && virtual.kept() == tasks
            && callback.kept() == 0
            && threads.right() == tasks
            && virtual.right() == tasks
            && callback.right() == tasks;
    List<Style> styles = List.of(threads, virtual, callback);
    List<Bar> bars = new ArrayList<>();
    List<List<Words>> rows = new ArrayList<>();
    for (Style style : styles) {
      bars.add(Bar.of(Words.of(style.name()), style.osThreads(), "" + style.osThreads()));
      rows.add(
          List.of(
              Words.of(style.name()),
              Words.of("state." + style.name()),
              Words.of(style.kept() + " / " + tasks),
              Words.of(style.right() + " / " + tasks)));
    }
    return Outcome.judged(
        shown,
        3,
        numbers,
        List.of(
            new Figure.Bars(Words.of("figure.threads").with("tasks", tasks), bars),
            new Figure.Table(
                Words.of("figure.kept"),
                List.of(Words.of("style"), Words.of("state"), Words.of("kept"), Words.of("right")),
                rows)));
  }

  /**
   * How one style got on.
   *
   * @param osThreads threads of the system that ran tasks
   * @param kept tasks that, going on after the last wait, still had the call they began with on
   *     their stack
   * @param right tasks with the right sum in the end
   */
  private record Style(String name, int osThreads, long kept, long right) {}

  /** What the tasks leave behind. Thread-safe. */
  private static final class Traces {
    private final ConcurrentMap<String, Boolean> osThreads = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong right = new AtomicLong();

    /** On the thread that goes on with a task. */
    void resumed() {
      osThreads.put(osThread(), true);
    }

    void ended(int sum) {
      boolean begunHere =
          Arrays.stream(new Throwable().getStackTrace())
              .anyMatch(frame -> frame.getMethodName().equals("fromTopToBottom"));
      kept.addAndGet(begunHere ? 1 : 0);
      right.addAndGet(sum == STEPS * (STEPS - 1) / 2 ? 1 : 0);
    }

    /** A virtual thread's text names the carrier it is mounted on, after an @. */
    private static String osThread() {
      Thread current = Thread.currentThread();
      String text = current.toString();
      return current.isVirtual() ? text.substring(text.indexOf('@') + 1) : text;
    }

    Style style(String name) {
      return new Style(name, osThreads.size(), kept.get(), right.get());
    }
  }

  private static Style straightLine(
      String name, DelayedReplies peer, int tasks, ExecutorService workers) throws IOException {
    Traces traces = new Traces();
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < tasks; i++) {
        sockets.add(peer.connect());
      }
      try (workers) {
        sockets.forEach(socket -> workers.execute(() -> fromTopToBottom(socket, traces)));
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    return traces.style(name);
  }

  /** As one would write it down: its place is the line, its variable is on the stack. */
  private static void fromTopToBottom(Socket socket, Traces traces) {
    try {
      int sum = 0;
      for (int step = 0; step < STEPS; step++) {
        socket.getOutputStream().write(step);
        sum += socket.getInputStream().read(); // interrupted here
        traces.resumed();
      }
      traces.ended(sum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Style callbacks(DelayedReplies peer, int tasks) throws IOException {
    Traces traces = new Traces();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < tasks; i++) {
        SocketChannel channel = SocketChannel.open(peer.address());
        channel.configureBlocking(false);
        Task task = new Task(channel, traces);
        channel.register(selector, SelectionKey.OP_READ, task);
        task.ask();
      }
      while (!selector.keys().isEmpty()) {
        selector.select(key -> ((Task) key.attachment()).replied());
        selector.selectNow(); // lets go of what was closed
      }
    }
    return traces.style("callback");
  }

  /** The same task cut at its waits: its place and its variable are fields of an object. */
  private static final class Task {
    private final SocketChannel channel;
    private final Traces traces;
    private final ByteBuffer one = ByteBuffer.allocate(1);
    private int step;
    private int sum;

    Task(SocketChannel channel, Traces traces) {
      this.channel = channel;
      this.traces = traces;
    }

    void ask() throws IOException {
      channel.write(one.clear().put(0, (byte) step));
    }

    void replied() {
      try {
        channel.read(one.clear());
        traces.resumed();
        sum += one.get(0);
        if (++step < STEPS) {
          ask();
        } else {
          traces.ended(sum);
          channel.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
