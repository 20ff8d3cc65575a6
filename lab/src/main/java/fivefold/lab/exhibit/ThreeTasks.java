package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Lane;
import fivefold.lab.timeline.Activity;
import fivefold.lab.timeline.Span;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Three tasks that mostly wait: one after another, in a thread each, and driven by events. */
final class ThreeTasks implements Exhibit {
  private static final int TASKS = 3;
  private static final long WORK_NANOS = 4_000_000;

  /** What each task does: asks, waits for the reply, works on it; so often. */
  private int steps;

  @Override
  public String name() {
    return "three-tasks";
  }

  @Override
  public Outcome run(Scale scale) throws IOException, InterruptedException {
    steps = scale.of(3, 2);
    try (DelayedReplies peer = new DelayedReplies(Duration.ofMillis(scale.of(60, 40)))) {
      serial(peer); // warms up
      Run serial = serial(peer);
      Run threads = threads(peer);
      Run events = events(peer);
      return judge(serial, threads, events);
    }
  }

  private static Outcome judge(Run serial, Run threads, Run events) {
    double inThreads = Amounts.ratio(serial.nanos(), threads.nanos());
    double byEvents = Amounts.ratio(serial.nanos(), events.nanos());
    Words numbers =
        Outcome.numbers()
            .with("serial", Amounts.time(serial.nanos()))
            .with("threads", Amounts.time(threads.nanos()))
            .with("events", Amounts.time(events.nanos()))
            .with("inThreads", Amounts.number(inThreads))
            .with("byEvents", Amounts.number(byEvents));
    return Outcome.judged(
        inThreads > 1.5 && byEvents > 1.5 && Amounts.near(inThreads, byEvents),
        2,
        numbers,
        List.of(
            lanes("serial", serial, serial.nanos()),
            lanes("threads", threads, serial.nanos()),
            lanes("events", events, serial.nanos())));
  }

  private static Figure lanes(String style, Run run, long leastNanos) {
    List<Lane> lanes = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      lanes.add(new Lane(Words.of("task").with("number", task + 1), run.tasks().get(task)));
    }
    return new Figure.Lanes(
        Words.of("figure." + style).with("time", Amounts.time(run.nanos())),
        Map.of(Activity.WORK, Words.of("work"), Activity.WAIT, Words.of("wait")),
        lanes,
        leastNanos);
  }

  /** When which task did what. */
  private record Run(long nanos, List<List<Span>> tasks) {}

  private Run serial(DelayedReplies peer) throws IOException {
    long begin = System.nanoTime();
    List<List<Span>> tasks = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      tasks.add(task(peer));
    }
    return new Run(System.nanoTime() - begin, tasks);
  }

  private Run threads(DelayedReplies peer) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    List<List<Span>> tasks = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(TASKS)) {
      Callable<List<Span>> task = () -> task(peer);
      List<Callable<List<Span>>> all = List.of(task, task, task);
      for (Future<List<Span>> done : threads.invokeAll(all)) {
        tasks.add(done.get());
      }
    } catch (ExecutionException e) {
      throw new IOException("a task failed: " + e.getCause(), e);
    }
    return new Run(System.nanoTime() - begin, tasks);
  }

  /** Straight-line: the thread stands still while it waits. */
  private List<Span> task(DelayedReplies peer) throws IOException {
    List<Span> spans = new ArrayList<>();
    try (Socket socket = peer.connect()) {
      for (int step = 0; step < steps; step++) {
        long asked = System.nanoTime();
        socket.getOutputStream().write(step);
        socket.getInputStream().read();
        long replied = System.nanoTime();
        spans.add(new Span(Activity.WAIT, "", asked, replied));
        spans.add(work(replied));
      }
    }
    return spans;
  }

  private static Span work(long from) {
    long until = from + WORK_NANOS;
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
    return new Span(Activity.WORK, "", from, System.nanoTime());
  }

  /** One thread: whichever reply is there is worked on, and nobody is waited for alone. */
  private Run events(DelayedReplies peer) throws IOException {
    long begin = System.nanoTime();
    List<List<Span>> tasks = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int task = 0; task < TASKS; task++) {
        Waiting waiting = new Waiting(SocketChannel.open(peer.address()));
        tasks.add(waiting.spans);
        waiting.channel.configureBlocking(false);
        waiting.channel.register(selector, SelectionKey.OP_READ, waiting);
        waiting.ask();
      }
      while (!selector.keys().isEmpty()) {
        selector.select(key -> ((Waiting) key.attachment()).goOn(steps));
        selector.selectNow(); // lets go of what was closed
      }
    }
    return new Run(System.nanoTime() - begin, tasks);
  }

  /** A task as data: where it stands between two events. */
  private static final class Waiting {
    final SocketChannel channel;
    final List<Span> spans = new ArrayList<>();
    private final ByteBuffer one = ByteBuffer.allocate(1);
    private long askedNanos;
    private int done;

    Waiting(SocketChannel channel) {
      this.channel = channel;
    }

    void ask() throws IOException {
      askedNanos = System.nanoTime();
      channel.write(one.clear());
    }

    void goOn(int steps) {
      try {
        channel.read(one.clear());
        long replied = System.nanoTime();
        spans.add(new Span(Activity.WAIT, "", askedNanos, replied));
        spans.add(work(replied));
        if (++done == steps) {
          channel.close();
        } else {
          ask();
        }
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
