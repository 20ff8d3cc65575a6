package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A mouse, a keyboard and the network: one thread looks after all three, in four ways. */
final class EventQueue implements Exhibit {
  private static final int EVENT_BYTES = 8;
  private static final long REST_NANOS = 20_000_000;

  /** From one event to the next. A mouse moves more often than one types. */
  private static final int[] EVERY_MILLIS = {15, 70, 40};

  @Override
  public String name() {
    return "event-queue";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    int millis = scale.of(1500, 450);
    attend("queue", 100, EventQueue::queue); // warms up
    List<Shift> shifts = new ArrayList<>();
    shifts.add(attend("scan", millis, sources -> scan(sources, 0)));
    shifts.add(attend("rest", millis, sources -> scan(sources, REST_NANOS)));
    shifts.add(attend("in-turn", millis, EventQueue::inTurn));
    shifts.add(attend("queue", millis, EventQueue::queue));
    return judge(shifts);
  }

  private static Outcome judge(List<Shift> shifts) {
    Shift scan = shifts.get(0);
    Shift rest = shifts.get(1);
    Shift inTurn = shifts.get(2);
    Shift queue = shifts.get(3);
    Words numbers =
        Outcome.numbers()
            .with("events", queue.events())
            .with("scanLooks", Amounts.count(scan.looks()))
            .with("queueLooks", Amounts.count(queue.looks()))
            .with("scanBusy", Amounts.percent(scan.busy()))
            .with("queueBusy", Amounts.percent(queue.busy()))
            .with("restDelay", Amounts.time(rest.delayNanos()))
            .with("inTurnDelay", Amounts.time(inTurn.delayNanos()))
            .with("queueDelay", Amounts.time(queue.delayNanos()));
    List<Bar> delays = new ArrayList<>();
    List<Bar> busy = new ArrayList<>();
    List<List<Words>> looks = new ArrayList<>();
    for (Shift shift : shifts) {
      Words label = Words.of(shift.name());
      delays.add(Bar.of(label, shift.delayNanos(), Amounts.time(shift.delayNanos())));
      busy.add(Bar.of(label, shift.busy(), Amounts.percent(shift.busy())));
      looks.add(
          List.of(
              label,
              Words.of(Amounts.count(shift.looks())),
              Words.of(Amounts.count(shift.events()))));
    }
    boolean shown =
        scan.looks() > 50L * queue.looks()
            && inTurn.delayNanos() > 3 * queue.delayNanos()
            && rest.delayNanos() > 2 * queue.delayNanos();
    return Outcome.judged(
        shown,
        3,
        numbers,
        List.of(
            new Figure.Bars(Words.of("figure.busy"), busy),
            new Figure.Bars(Words.of("figure.delay"), delays),
            new Figure.Table(
                Words.of("figure.looks"),
                List.of(Words.of("way"), Words.of("looks"), Words.of("events")),
                looks)));
  }

  /**
   * How one thread got on.
   *
   * @param looks calls that asked whether there is something
   * @param delayNanos median from an event to its being handled
   * @param busy CPU time per time that passed
   */
  private record Shift(String name, long looks, int events, double delayNanos, double busy) {}

  private interface Way {
    void attend(Sources sources) throws IOException;
  }

  private static Shift attend(String name, int millis, Way way) throws IOException {
    try (Sources sources = new Sources();
        Feeder world = Feeder.now(() -> sources.play(millis))) {
      long cpu = ThreadTime.ownNanos();
      long begin = System.nanoTime();
      way.attend(sources);
      double busy = (ThreadTime.ownNanos() - cpu) / (double) (System.nanoTime() - begin);
      double[] delays = sources.delays.stream().mapToDouble(Long::doubleValue).toArray();
      return new Shift(name, sources.looks, delays.length, Amounts.median(delays), busy);
    }
  }

  /** Asks one after the other, again and again, with or without a rest after each round. */
  private static void scan(Sources sources, long restNanos) {
    while (!sources.areOver()) {
      for (int source = 0; source < sources.count(); source++) {
        sources.look(source, Sockets.MSG_DONTWAIT);
      }
      if (restNanos > 0) {
        Feeder.rest(restNanos);
      }
    }
  }

  /** Waits for the mouse, then for a key, then for the network, then for the mouse. */
  private static void inTurn(Sources sources) {
    while (!sources.areOver()) {
      for (int source = 0; source < sources.count(); source++) {
        sources.look(source, 0);
      }
    }
  }

  /** Waits for whichever comes first. */
  private static void queue(Sources sources) throws IOException {
    try (Poller poller = Poller.best()) {
      for (int source = 0; source < sources.count(); source++) {
        poller.register(sources.pairs.get(source).near(), Interest.READ, source);
      }
      ReadyList ready = new ReadyList();
      while (!sources.areOver()) {
        poller.poll(-1, ready);
        sources.looks++;
        for (int i = 0; i < ready.size(); i++) {
          Registration registration = ready.registration(i);
          int source = (Integer) registration.attachment();
          sources.look(source, Sockets.MSG_DONTWAIT);
          if (sources.over[source]) {
            poller.unregister(registration);
          }
        }
      }
    }
  }

  /** Three devices that say when something happened. */
  private static final class Sources implements AutoCloseable {
    final List<SocketPair> pairs = new ArrayList<>();
    final boolean[] over = new boolean[EVERY_MILLIS.length];
    final List<Long> delays = new ArrayList<>();
    private final Block event = Block.of(EVENT_BYTES);
    long looks;

    Sources() throws IOException {
      for (int i = 0; i < EVERY_MILLIS.length; i++) {
        pairs.add(SocketPair.messages());
      }
    }

    int count() {
      return pairs.size();
    }

    boolean areOver() {
      for (boolean each : over) {
        if (!each) {
          return false;
        }
      }
      return true;
    }

    /** The same events at the same times in each run. */
    void play(int millis) {
      try (Block now = Block.of(EVENT_BYTES)) {
        for (int at = 1; at <= millis; at++) {
          Feeder.rest(1_000_000);
          for (int source = 0; source < count(); source++) {
            if (at % EVERY_MILLIS[source] == 0) {
              Memory.putLong(now.address(), System.nanoTime());
              Sockets.send(
                  pairs.get(source).far(), now.address(), EVENT_BYTES, Sockets.MSG_NOSIGNAL);
            }
          }
        }
      }
      pairs.forEach(pair -> Sockets.shutdown(pair.far(), Sockets.SHUT_WR));
    }

    /** Takes an event of a source, if there is one. */
    void look(int source, int flags) {
      if (over[source]) {
        return;
      }
      looks++;
      long received = Sockets.recv(pairs.get(source).near(), event.address(), EVENT_BYTES, flags);
      if (received == EVENT_BYTES) {
        delays.add(System.nanoTime() - Memory.getLong(event.address()));
      } else if (received != -Errno.EAGAIN) {
        over[source] = true;
      }
    }

    @Override
    public void close() {
      pairs.forEach(SocketPair::close);
      event.close();
      Arrays.fill(over, true);
    }
  }
}
