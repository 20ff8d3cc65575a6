package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.sys.Epoll;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Sockets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Readiness handed to a pool: without one-shot the same readiness is handed out again and again.
 */
final class DoubleDispatch implements Exhibit {
  private static final int WORKERS = 4;
  private static final int MESSAGE_BYTES = 8;
  private static final long LONGEST_WORK_NANOS = 2_000_000;

  @Override
  public String name() {
    return "double-dispatch";
  }

  @Override
  public Outcome run(Scale scale) throws NativeException {
    int messages = scale.of(200, 60);
    Dispatch broken = new Dispatch(messages, 0);
    broken.run();
    Dispatch mended = new Dispatch(messages, Epoll.EPOLLONESHOT);
    mended.run();
    Words numbers =
        Outcome.numbers()
            .with("messages", messages)
            .with("brokenTasks", Amounts.count(broken.tasks))
            .with("mendedTasks", Amounts.count(mended.tasks))
            .with("inVain", Amounts.count(broken.inVain.get()))
            .with("brokenDisorder", Amounts.count(broken.disorder()))
            .with("mendedDisorder", Amounts.count(mended.disorder()));
    boolean shown =
        broken.inVain.get() > 0
            && broken.disorder() > 0
            && mended.inVain.get() == 0
            && mended.disorder() == 0
            && mended.finished.size() == messages;
    return Outcome.judged(
        shown,
        3,
        numbers,
        List.of(
            new Figure.Bars(
                Words.of("figure.tasks").with("messages", messages),
                List.of(tasks("broken", broken), tasks("mended", mended))),
            new Figure.Bars(
                Words.of("figure.disorder"),
                List.of(disorder("broken", broken), disorder("mended", mended)))));
  }

  private static Bar tasks(String name, Dispatch run) {
    return Bar.of(Words.of(name), run.tasks, Amounts.count(run.tasks));
  }

  private static Bar disorder(String name, Dispatch run) {
    return Bar.of(Words.of(name), run.disorder(), Amounts.count(run.disorder()));
  }

  /** One connection, one loop that waits, and a pool that reads and handles. */
  private static final class Dispatch {
    final AtomicLong inVain = new AtomicLong();
    final List<Long> finished = Collections.synchronizedList(new ArrayList<>());
    long tasks;
    private final int messages;
    private final int flags;

    Dispatch(int messages, int flags) {
      this.messages = messages;
      this.flags = flags;
    }

    /** How often a message was finished before one that had been sent earlier. */
    long disorder() {
      long count = 0;
      for (int i = 1; i < finished.size(); i++) {
        count += finished.get(i) < finished.get(i - 1) ? 1 : 0;
      }
      return count;
    }

    void run() throws NativeException {
      try (SocketPair pair = SocketPair.messages();
          EpollSet set = new EpollSet();
          Feeder peer = Feeder.now(() -> send(pair))) {
        set.add(pair.near(), flags);
        try (ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
          while (finished.size() < messages) {
            if (set.await(10) > 0) {
              tasks++;
              pool.execute(() -> handle(pair, set));
            }
          }
        }
      }
    }

    /** On a worker. Without one-shot the loop has meanwhile handed out the same again. */
    private void handle(SocketPair pair, EpollSet set) {
      try (Block buffer = Block.of(MESSAGE_BYTES)) {
        long received =
            Sockets.recv(pair.near(), buffer.address(), MESSAGE_BYTES, Sockets.MSG_DONTWAIT);
        if (received == -Errno.EAGAIN) {
          inVain.incrementAndGet();
        } else {
          long number = Memory.getLong(buffer.address());
          Feeder.rest(number * 7_919_117 % LONGEST_WORK_NANOS); // some take longer than others
          finished.add(number);
        }
        if (flags != 0) {
          set.arm(pair.near(), flags);
        }
      } catch (NativeException e) {
        throw new IllegalStateException(e);
      }
    }

    private void send(SocketPair pair) {
      try (Block message = Block.of(MESSAGE_BYTES)) {
        for (long number = 1; number <= messages; number++) {
          Memory.putLong(message.address(), number);
          Sockets.send(pair.far(), message.address(), MESSAGE_BYTES, Sockets.MSG_NOSIGNAL);
        }
      }
    }
  }
}
