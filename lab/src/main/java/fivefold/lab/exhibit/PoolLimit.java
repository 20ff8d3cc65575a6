package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Lane;
import fivefold.lab.timeline.Activity;
import fivefold.lab.timeline.Span;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One client more than the pool has threads: who waits, for whom, how long. */
final class PoolLimit implements Exhibit {
  private static final int THREADS = 4;
  private static final int CLIENTS = THREADS + 1;

  @Override
  public String name() {
    return "pool-limit";
  }

  @Override
  public Outcome run(Scale scale) throws IOException, InterruptedException {
    long stayNanos = scale.of(400, 200) * 1_000_000L;
    visits(IoModel.EPOLL, 1); // warms up
    List<Call> pool = visits(IoModel.POOL, stayNanos);
    List<Call> loop = visits(IoModel.EPOLL, stayNanos);
    long longest = longestWait(pool);
    long second = pool.stream().mapToLong(Call::waitNanos).sorted().toArray()[CLIENTS - 2];
    long onLoop = longestWait(loop);
    Words numbers =
        Outcome.numbers()
            .with("threads", THREADS)
            .with("clients", CLIENTS)
            .with("stay", Amounts.time(stayNanos))
            .with("longest", Amounts.time(longest))
            .with("second", Amounts.time(second))
            .with("loop", Amounts.time(onLoop));
    return Outcome.judged(
        longest > stayNanos / 2 && second < stayNanos / 2 && onLoop < stayNanos / 2,
        1,
        numbers,
        List.of(lanes("pool", pool, lengthNanos(pool)), lanes("loop", loop, lengthNanos(pool))));
  }

  private static long longestWait(List<Call> calls) {
    return calls.stream().mapToLong(Call::waitNanos).max().orElse(0);
  }

  private static long lengthNanos(List<Call> calls) {
    return calls.stream().mapToLong(Call::left).max().orElse(0)
        - calls.stream().mapToLong(Call::asked).min().orElse(0);
  }

  private static Figure lanes(String name, List<Call> calls, long leastNanos) {
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      lanes.add(
          new Lane(
              Words.of("client").with("number", i + 1),
              List.of(
                  new Span(Activity.WAIT, "", call.asked(), call.replied()),
                  new Span(Activity.WORK, "", call.replied(), call.left()))));
    }
    return new Figure.Lanes(
        Words.of("figure." + name).with("threads", THREADS),
        Map.of(Activity.WORK, Words.of("stays"), Activity.WAIT, Words.of("waits")),
        lanes,
        leastNanos);
  }

  /** One client's visit. */
  private record Call(long asked, long replied, long left) {
    long waitNanos() {
      return replied - asked;
    }
  }

  /** Each asks one thing, stays connected for a while as keep-alive does, and leaves. */
  private static List<Call> visits(IoModel model, long stayNanos)
      throws IOException, InterruptedException {
    try (Server server =
            Server.tcp(0, () -> Connection::send)
                .model(model)
                .workers(THREADS)
                .listener(new Quiet())
                .start();
        ExecutorService people = Executors.newFixedThreadPool(CLIENTS)) {
      List<Callable<Call>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(() -> visit(server, stayNanos));
      }
      List<Call> calls = new ArrayList<>();
      for (Future<Call> call : people.invokeAll(clients)) {
        calls.add(call.get());
      }
      calls.sort(Comparator.comparingLong(Call::replied)); // so they are numbered
      return calls;
    } catch (ExecutionException e) {
      throw new IOException("a client failed: " + e.getCause(), e);
    }
  }

  private static Call visit(Server server, long stayNanos) throws IOException {
    try (Socket socket = Clients.connected(server)) {
      long asked = System.nanoTime();
      Clients.exchange(socket);
      long replied = System.nanoTime();
      Feeder.rest(stayNanos);
      return new Call(asked, replied, System.nanoTime());
    }
  }
}
