package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.LoopStall;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One handler that takes long, and its neighbours on the same loop. */
final class LongHandler implements Exhibit {
  private static final byte SLOW = 's';
  private static final long PAUSE_NANOS = 10_000_000;
  private static final int WATCHDOG_PATIENCE_SECONDS = 5;

  @Override
  public String name() {
    return "long-handler";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    Duration slow = Duration.ofMillis(scale.of(600, 400));
    Stall stall = new Stall();
    long loop = worstNeighbour(IoModel.EPOLL, slow, stall);
    long pool = worstNeighbour(IoModel.EPOLL_POOL, slow, new Quiet());
    long virtual = worstNeighbour(IoModel.VIRTUAL, slow, new Quiet());
    String culprit = stall.culprit();
    long half = slow.toNanos() / 2;
    Words numbers =
        Outcome.numbers()
            .with("slow", Amounts.time(slow.toNanos()))
            .with("loop", Amounts.time(loop))
            .with("pool", Amounts.time(pool))
            .with("virtual", Amounts.time(virtual))
            .with("culprit", culprit);
    return Outcome.judged(
        loop > half && pool < half && virtual < half && culprit.contains("LongHandler"),
        1,
        numbers,
        List.of(
            new Figure.Bars(
                Words.of("figure.worst"),
                List.of(bar("epoll", loop), bar("epoll+pool", pool), bar("virtual", virtual)))));
  }

  private static Bar bar(String model, long nanos) {
    return Bar.of(Words.of(model), nanos, Amounts.time(nanos));
  }

  /** Latency of a client that asks again and again while another's request takes long. */
  private static long worstNeighbour(IoModel model, Duration slow, ServerListener listener)
      throws IOException {
    try (Server server =
            Server.tcp(0, () -> new Handler(slow))
                .model(model)
                .stallLimit(slow.dividedBy(3))
                .listener(listener)
                .start();
        Socket troublesome = Clients.connected(server);
        Socket neighbour = Clients.connected(server)) {
      for (int i = 0; i < 20; i++) { // warms up
        Clients.exchange(neighbour);
        Clients.exchange(troublesome);
      }
      troublesome.getOutputStream().write(SLOW);
      List<Long> latencies = new ArrayList<>();
      long end = System.nanoTime() + slow.toNanos();
      while (System.nanoTime() - end < 0) {
        Feeder.rest(PAUSE_NANOS);
        long begin = System.nanoTime();
        Clients.exchange(neighbour);
        latencies.add(System.nanoTime() - begin);
      }
      troublesome.getInputStream().read();
      return latencies.stream().mapToLong(Long::longValue).max().orElse(0);
    }
  }

  /** Quick, but for one kind of message. */
  private record Handler(Duration slow) implements StreamHandler {
    @Override
    public void onReceive(Connection connection, ByteBuffer data) throws InterruptedException {
      if (data.get(data.position()) == SLOW) {
        Thread.sleep(slow);
      }
      connection.send(data);
    }
  }

  /** What the watchdog saw first. */
  private static final class Stall implements ServerListener {
    private final CompletableFuture<LoopStall> first = new CompletableFuture<>();

    @Override
    public void loopStalled(LoopStall stall) {
      first.complete(stall);
    }

    /** The frame of ours that it named; empty when it named none. */
    String culprit() {
      LoopStall stall = null;
      try {
        stall = first.get(WATCHDOG_PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (java.util.concurrent.ExecutionException
          | java.util.concurrent.TimeoutException none) {
        return "";
      }
      return stall == null
          ? ""
          : stall.stack().stream()
              .filter(frame -> frame.getClassName().startsWith(LongHandler.class.getName()))
              .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
              .findFirst()
              .orElse("");
    }
  }
}
