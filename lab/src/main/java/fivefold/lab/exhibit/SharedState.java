package fivefold.lab.exhibit;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What handlers share: without a lock on threads, with one, with two, and on a loop without any.
 */
final class SharedState implements Exhibit {
  private static final int CLIENTS = 8;
  private static final long WORK_NANOS = 20_000;
  private static final long LOOK_NANOS = 20_000_000;

  @Override
  public String name() {
    return "shared-state";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    int rounds = scale.of(100, 40);
    Count bare = count(IoModel.THREAD, new Shop(), rounds);
    Count locked = count(IoModel.THREAD, new LockedShop(), rounds);
    Count loop = count(IoModel.EPOLL, new Shop(), rounds);
    Transfers threads = transfer(IoModel.THREAD, rounds);
    Transfers onLoop = transfer(IoModel.EPOLL, rounds);
    Words numbers =
        Outcome.numbers()
            .with("asked", bare.asked())
            .with("bare", bare.sold())
            .with("lost", bare.lost())
            .with("locked", locked.lost())
            .with("loop", loop.lost())
            .with("waited", Amounts.time(locked.waitedNanos()))
            .with("stuck", threads.stuckThreads())
            .with("rounds", threads.rounds())
            .with("loopStuck", onLoop.stuckThreads());
    boolean shown =
        bare.lost() > 0
            && locked.lost() == 0
            && loop.lost() == 0
            && threads.stuckThreads() >= 2
            && onLoop.stuckThreads() == 0;
    return Outcome.judged(
        shown,
        3,
        numbers,
        List.of(
            new Figure.Table(
                Words.of("figure.sold"),
                List.of(Words.of("way"), Words.of("asked"), Words.of("sold"), Words.of("lost")),
                List.of(row("bare", bare), row("locked", locked), row("loop", loop))),
            new Figure.Table(
                Words.of("figure.transfers"),
                List.of(Words.of("way"), Words.of("rounds"), Words.of("stuck")),
                List.of(row("two-locks", threads), row("loop-locks", onLoop)))));
  }

  private static List<Words> row(String way, Count count) {
    return List.of(
        Words.of(way),
        Words.of("" + count.asked()),
        Words.of("" + count.sold()),
        Words.of("" + count.lost()));
  }

  private static List<Words> row(String way, Transfers transfers) {
    return List.of(
        Words.of(way), Words.of("" + transfers.rounds()), Words.of("" + transfers.stuckThreads()));
  }

  /** How many sales were asked for, and how many were counted. */
  private record Count(int asked, int sold, long waitedNanos) {
    int lost() {
      return asked - sold;
    }
  }

  private static Count count(IoModel model, Shop shop, int rounds) throws IOException {
    try (Server server =
            server(
                model,
                () ->
                    (connection, data) -> {
                      shop.sell();
                      connection.send(data);
                    });
        Clients clients = Clients.connect(server, CLIENTS)) {
      for (int i = 0; i < rounds; i++) {
        clients.ask();
        clients.awaitReplies();
      }
      return new Count(rounds * CLIENTS, shop.sold, shop.waitedNanos);
    }
  }

  private static Server server(IoModel model, Supplier<StreamHandler> handlers) throws IOException {
    return Server.tcp(0, handlers).model(model).listener(new Quiet()).start();
  }

  /** Reads the number, works a little, and writes it: as programs do. */
  private static class Shop {
    int sold;
    long waitedNanos;

    void sell() {
      int seen = sold;
      work();
      sold = seen + 1;
    }
  }

  /** The same, one at a time. */
  private static final class LockedShop extends Shop {
    private final ReentrantLock lock = new ReentrantLock();

    @Override
    void sell() {
      long asked = System.nanoTime();
      lock.lock();
      try {
        waitedNanos += System.nanoTime() - asked;
        super.sell();
      } finally {
        lock.unlock();
      }
    }
  }

  /** What takes a moment: a file, a price to look up. */
  private static void work() {
    Feeder.rest(WORK_NANOS);
  }

  /**
   * Two clients of which one has money moved from the first account to the second, the other back.
   *
   * @param rounds that were done until threads were stuck
   */
  private record Transfers(int rounds, int stuckThreads) {}

  private static Transfers transfer(IoModel model, int most) throws IOException {
    Bank bank = new Bank();
    AtomicInteger clerks = new AtomicInteger();
    try (Server server = server(model, () -> bank.clerk(clerks.getAndIncrement() % 2 == 0));
        Clients clients = Clients.connect(server, 2);
        Feeder watcher = Feeder.now(bank::watch)) {
      int rounds = 0;
      while (rounds < most && bank.stuckThreads == 0) {
        clients.ask();
        clients.awaitReplies();
        rounds++;
      }
      bank.isOpen = false;
      return new Transfers(rounds, bank.stuckThreads);
    } finally {
      bank.isOpen = false;
    }
  }

  /** Two accounts, each with a lock; who moves money holds both. */
  private static final class Bank {
    private final ReentrantLock first = new ReentrantLock();
    private final ReentrantLock second = new ReentrantLock();
    private final Set<Thread> clerks = ConcurrentHashMap.newKeySet();
    volatile int stuckThreads;
    volatile boolean isOpen = true;

    /** Each takes the lock of the account first from which it takes the money. */
    StreamHandler clerk(boolean isForth) {
      return (connection, data) -> {
        move(isForth ? first : second, isForth ? second : first);
        connection.send(data);
      };
    }

    private void move(ReentrantLock from, ReentrantLock to) {
      clerks.add(Thread.currentThread());
      from.lock();
      try {
        work();
        to.lockInterruptibly();
        to.unlock();
      } catch (InterruptedException stuck) {
        // The watcher has seen it; without, it would wait for ever.
      } finally {
        from.unlock();
      }
    }

    /** Asks the JVM whether threads wait for each other, and gets one of them out. */
    void watch() {
      while (isOpen) {
        long[] stuck = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
        if (stuck != null && stuckThreads == 0) {
          stuckThreads = stuck.length;
          clerks.stream().filter(clerk -> clerk.threadId() == stuck[0]).forEach(Thread::interrupt);
        }
        Feeder.rest(LOOK_NANOS);
      }
    }
  }
}
