package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Lane;
import fivefold.lab.timeline.Activity;
import fivefold.lab.timeline.Span;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Sockets;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Synchronous or not, blocking or not: two questions, and so four ways to receive one message. Each
 * is done by real calls, which are logged.
 */
final class FourQuadrants implements Exhibit {
  private static final int BYTES = 64;
  private static final byte MARK = 7;
  private static final long WORK_NANOS = 1_000_000;

  @Override
  public String name() {
    return "four-quadrants";
  }

  @Override
  public Outcome run(Scale scale) throws NativeException {
    long delayNanos = scale.of(40, 25) * 1_000_000L;
    List<Log> logs = new ArrayList<>();
    measure("sync-blocking", delayNanos, FourQuadrants::receive); // warms up
    logs.add(measure("sync-blocking", delayNanos, FourQuadrants::receive));
    logs.add(measure("sync-nonblocking", delayNanos, FourQuadrants::receiveOrWork));
    try (UringRing ring = UringRing.open(8, 0, 0)) {
      logs.add(measure("async-blocking", delayNanos, log -> submitAndWait(log, ring)));
      logs.add(measure("async-nonblocking", delayNanos, log -> submitAndWork(log, ring)));
    } catch (NativeException noRing) {
      return judge(logs, delayNanos, String.valueOf(noRing.getMessage()));
    }
    return judge(logs, delayNanos, "");
  }

  private static Outcome judge(List<Log> logs, long delayNanos, String noRing) {
    boolean shown = true;
    for (Log log : logs) {
      boolean blocks = !log.name.contains("nonblocking");
      boolean async = log.name.startsWith("async");
      shown &= blocks == log.longestNanos > delayNanos / 2;
      shown &= blocks == (log.worked == 0);
      shown &= async == log.arrivedUnasked;
    }
    Words numbers =
        Outcome.numbers()
            .with("slept", Amounts.time(logs.getFirst().longestNanos))
            .with("asked", Amounts.count(logs.get(1).calls))
            .with("worked", Amounts.count(logs.getLast().worked));
    List<Words> findings = new ArrayList<>();
    findings.add(new Words(shown ? "shows" : "shows-not", numbers.places()));
    if (!noRing.isEmpty()) {
      findings.add(Words.of("no-ring").with("why", noRing));
    }
    return new Outcome(shown, shown ? 3 : 0, findings, List.of(table(logs), lanes(logs)));
  }

  private static Figure table(List<Log> logs) {
    return new Figure.Table(
        Words.of("figure.calls"),
        List.of(
            Words.of("quadrant"),
            Words.of("calls"),
            Words.of("longest"),
            Words.of("worked"),
            Words.of("copied")),
        logs.stream()
            .map(log ->
                List.of(
                    Words.of(log.name),
                    Words.of(log.what),
                    Words.of(Amounts.time(log.longestNanos)),
                    Words.of(Amounts.count(log.worked)),
                    Words.of(log.arrivedUnasked ? "copied.kernel" : "copied.call")))
            .toList());
  }

  private static Figure lanes(List<Log> logs) {
    return new Figure.Lanes(
        Words.of("figure.lanes"),
        Map.of(Activity.ASK, Words.of("in-call"), Activity.WORK, Words.of("own-work")),
        logs.stream().map(log -> new Lane(Words.of(log.name), log.fromZero())).toList(),
        0);
  }

  /** What one way of receiving did. */
  private static final class Log {
    final String name;
    final SocketPair pair;
    final Block buffer;
    final List<Span> spans = new ArrayList<>();
    String what = "";
    long calls;
    long worked;
    long longestNanos;

    /** Whether the bytes were there before any call had been made to fetch them. */
    boolean arrivedUnasked;

    Log(String name, SocketPair pair, Block buffer) {
      this.name = name;
      this.pair = pair;
      this.buffer = buffer;
    }

    void called(long fromNanos) {
      long end = System.nanoTime();
      calls++;
      longestNanos = Math.max(longestNanos, end - fromNanos);
      spans.add(new Span(Activity.ASK, "", fromNanos, end));
    }

    /** Something else that the thread has to do. */
    void work() {
      long from = System.nanoTime();
      while (System.nanoTime() - from < WORK_NANOS) {
        Thread.onSpinWait();
      }
      worked++;
      spans.add(new Span(Activity.WORK, "", from, System.nanoTime()));
    }

    /** Each way began at another time. */
    List<Span> fromZero() {
      long begin = spans.getFirst().fromNanos();
      return spans.stream()
          .map(span ->
              new Span(span.activity(), "", span.fromNanos() - begin, span.toNanos() - begin))
          .toList();
    }

    boolean hasArrived() {
      return Memory.getByte(buffer.address()) == MARK;
    }
  }

  private interface Way {
    void receive(Log log) throws NativeException;
  }

  private static Log measure(String name, long delayNanos, Way way) throws NativeException {
    try (SocketPair pair = SocketPair.messages();
        Block buffer = Block.of(BYTES);
        Block message = Block.of(BYTES)) {
      Memory.putByte(message.address(), MARK);
      Log log = new Log(name, pair, buffer);
      Runnable send = () -> Sockets.send(pair.far(), message.address(), BYTES, 0);
      try (Feeder peer = Feeder.after(delayNanos, send)) {
        way.receive(log);
      }
      return log;
    }
  }

  private static void receive(Log log) {
    long from = System.nanoTime();
    Sockets.recv(log.pair.near(), log.buffer.address(), BYTES, 0);
    log.called(from);
    log.what = "recv";
  }

  private static void receiveOrWork(Log log) {
    long received = -Errno.EAGAIN;
    while (received == -Errno.EAGAIN) {
      long from = System.nanoTime();
      received = Sockets.recv(log.pair.near(), log.buffer.address(), BYTES, Sockets.MSG_DONTWAIT);
      log.called(from);
      if (received < 0) {
        log.work();
      }
    }
    log.what = "recv x " + log.calls + ", EAGAIN x " + (log.calls - 1);
  }

  private static void submitAndWait(Log log, UringRing ring) {
    UringPrepare.recv(ring.nextSqe(), 0, log.pair.near(), log.buffer.address(), BYTES, 0, 1);
    long from = System.nanoTime();
    ring.submitAndWait(1);
    log.called(from);
    log.arrivedUnasked = log.hasArrived();
    ring.advance(ring.ready());
    log.what = "io_uring_enter(submit 1, wait 1)";
  }

  private static void submitAndWork(Log log, UringRing ring) {
    UringPrepare.recv(ring.nextSqe(), 0, log.pair.near(), log.buffer.address(), BYTES, 0, 2);
    long from = System.nanoTime();
    ring.submit();
    log.called(from);
    while (ring.ready() == 0) { // a look at memory that is shared with the kernel: no call
      log.work();
    }
    log.arrivedUnasked = log.hasArrived();
    ring.advance(ring.ready());
    log.what = "io_uring_enter(submit 1)";
  }
}
