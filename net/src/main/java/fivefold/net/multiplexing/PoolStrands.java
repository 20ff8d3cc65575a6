package fivefold.net.multiplexing;

import fivefold.net.loop.Counters;
import fivefold.net.loop.EventLoop;
import fivefold.net.loop.Scratch;
import fivefold.net.loop.StrandSource;
import fivefold.net.loop.WatchingStrand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the calls of connections on a fixed pool, so that a slow handler delays one worker only. */
final class PoolStrands implements StrandSource {

  /** A worker brings its own buffers and counters. */
  static final class Worker extends Thread {
    final Scratch scratch = new Scratch();
    @Nullable PoolStrand running;

    Worker(Runnable work, String name) {
      super(work, name);
      // As the loops' threads; else it would be as whoever happened to need a worker first.
      setDaemon(true);
    }
  }

  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService pool;

  PoolStrands(int workerCount) {
    pool = Executors.newFixedThreadPool(workerCount, this::newWorker);
  }

  private synchronized Worker newWorker(Runnable work) {
    Worker worker = new Worker(work, "fivefold-worker-" + workers.size());
    workers.add(worker);
    return worker;
  }

  @Override
  public WatchingStrand strand(EventLoop loop) {
    return new PoolStrand(loop, pool);
  }

  @Override
  public boolean isOnOwnThread() {
    return Thread.currentThread() instanceof Worker worker && isOurs(worker);
  }

  private synchronized boolean isOurs(Worker worker) {
    return workers.contains(worker);
  }

  @Override
  public synchronized List<Counters> counters() {
    return workers.stream().map(worker -> worker.scratch.counters()).toList();
  }

  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = false;
    try {
      pool.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
