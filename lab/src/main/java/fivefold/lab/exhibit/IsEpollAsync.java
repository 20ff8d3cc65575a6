package fivefold.lab.exhibit;

import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Sockets;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringRing;
import java.util.ArrayList;
import java.util.List;

/** When the program is told: is the data in its buffer, or must it still be fetched? */
final class IsEpollAsync implements Exhibit {
  private static final int BYTES = 64 << 10;
  private static final byte MARK = 7;
  private static final long DELAY_NANOS = 2_000_000;

  @Override
  public String name() {
    return "is-epoll-async";
  }

  @Override
  public Outcome run(Scale scale) throws NativeException {
    int messages = scale.of(100, 20);
    List<Told> all = new ArrayList<>();
    Told epoll = epoll(messages);
    all.add(epoll);
    String noRing = "";
    try (UringRing ring = UringRing.open(8, 0, 0)) {
      all.add(ring(messages, ring));
    } catch (NativeException e) {
      noRing = String.valueOf(e.getMessage());
    }
    Told other = all.getLast();
    boolean shown =
        epoll.there() == 0
            && epoll.calls() == messages
            && (all.size() == 1 || (other.there() == messages && other.calls() == 0));
    Words numbers =
        Outcome.numbers()
            .with("messages", messages)
            .with("epollThere", epoll.there())
            .with("epollCalls", epoll.calls())
            .with("epollCopy", Amounts.time(epoll.untilThereNanos()))
            .with("ringThere", other.there())
            .with("ringCalls", other.calls());
    List<Words> findings = new ArrayList<>();
    findings.add(
        new Words(
            !shown ? "shows-not" : all.size() == 1 ? "shows-half" : "shows", numbers.places()));
    if (!noRing.isEmpty()) {
      findings.add(Words.of("no-ring").with("why", noRing));
    }
    return new Outcome(shown, shown ? 2 : 0, findings, List.of(table(all)));
  }

  private static Figure table(List<Told> all) {
    return new Figure.Table(
        Words.of("figure.told"),
        List.of(
            Words.of("model"),
            Words.of("there"),
            Words.of("calls"),
            Words.of("until"),
            Words.of("who")),
        all.stream()
            .map(told ->
                List.of(
                    Words.of(told.model()),
                    Words.of(told.there() + " / " + told.messages()),
                    Words.of(Amounts.count(told.calls())),
                    Words.of(Amounts.time(told.untilThereNanos())),
                    Words.of("who." + told.model())))
            .toList());
  }

  /**
   * What was so when the program was told that something had happened.
   *
   * @param there how many messages were in the program's buffer at that moment
   * @param calls made after it to have them there
   * @param untilThereNanos median, from being told to having the data
   */
  private record Told(String model, int messages, int there, int calls, double untilThereNanos) {}

  private interface Wait {
    /** Returns when told, before anything is done about it. */
    void untilTold() throws NativeException;
  }

  private static Told epoll(int messages) throws NativeException {
    try (Stage stage = new Stage();
        EpollSet set = new EpollSet()) {
      set.add(stage.pair.near(), 0);
      return measure("epoll", messages, stage, () -> set.await(-1));
    }
  }

  private static Told ring(int messages, UringRing ring) throws NativeException {
    try (Stage stage = new Stage()) {
      return measure(
          "io_uring",
          messages,
          stage,
          () -> {
            int descriptor = stage.pair.near();
            UringPrepare.recv(ring.nextSqe(), 0, descriptor, stage.buffer.address(), BYTES, 0, 1);
            ring.submitAndWait(1);
            ring.advance(ring.ready());
          });
    }
  }

  private static Told measure(String model, int messages, Stage stage, Wait wait)
      throws NativeException {
    int there = 0;
    int calls = 0;
    double[] until = new double[messages];
    for (int i = 0; i < messages; i++) {
      stage.clear();
      try (Feeder peer = Feeder.after(DELAY_NANOS, stage::send)) {
        wait.untilTold();
        long told = System.nanoTime();
        if (stage.hasArrived()) {
          there++;
        } else {
          Sockets.recv(stage.pair.near(), stage.buffer.address(), BYTES, Sockets.MSG_DONTWAIT);
          calls++;
        }
        until[i] = System.nanoTime() - told;
      }
    }
    return new Told(model, messages, there, calls, Amounts.median(until));
  }

  /** A pair of sockets, and memory at both ends. */
  private static final class Stage implements AutoCloseable {
    final SocketPair pair = SocketPair.messages();
    final Block buffer = Block.of(BYTES);
    private final Block message = Block.of(BYTES);

    Stage() throws NativeException {
      Sockets.setOption(pair.far(), Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, 4 * BYTES);
      Memory.putByte(message.address() + BYTES - 1, MARK);
    }

    void send() {
      Sockets.send(pair.far(), message.address(), BYTES, Sockets.MSG_NOSIGNAL);
    }

    void clear() {
      Memory.putByte(buffer.address() + BYTES - 1, (byte) 0);
    }

    /** A look at the last byte of the program's own memory. */
    boolean hasArrived() {
      return Memory.getByte(buffer.address() + BYTES - 1) == MARK;
    }

    @Override
    public void close() {
      pair.close();
      buffer.close();
      message.close();
    }
  }
}
