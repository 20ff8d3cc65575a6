package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.sys.Epoll;
import fivefold.sys.NativeException;
import fivefold.sys.Sockets;
import java.util.List;

/** A reader that takes a part and goes back to wait, under level and edge triggering. */
final class EdgeAndLevel implements Exhibit {
  private static final int CHUNK_BYTES = 1 << 10;

  @Override
  public String name() {
    return "edge-and-level";
  }

  @Override
  public Outcome run(Scale scale) throws NativeException {
    int chunks = 16;
    int patienceMillis = scale.of(300, 60);
    Reading level = read(0, false, chunks, patienceMillis);
    Reading edge = read(Epoll.EPOLLET, false, chunks, patienceMillis);
    Reading drained = read(Epoll.EPOLLET, true, chunks, patienceMillis);
    long all = (long) chunks * CHUNK_BYTES;
    Words numbers =
        Outcome.numbers()
            .with("all", Amounts.count(all))
            .with("chunk", Amounts.count(CHUNK_BYTES))
            .with("levelEvents", level.events())
            .with("edgeEvents", edge.events())
            .with("stuck", Amounts.count(all - edge.bytes()))
            .with("read", Amounts.count(edge.bytes()))
            .with("patience", patienceMillis + " ms")
            .with("drainEvents", drained.events())
            .with("drainCalls", drained.calls())
            .with("levelCalls", level.calls());
    boolean shown = level.bytes() == all && edge.bytes() < all && drained.bytes() == all;
    return Outcome.judged(
        shown,
        2,
        numbers,
        List.of(
            new Figure.Bars(
                Words.of("figure.read").with("all", Amounts.count(all)),
                List.of(bar("level", level), bar("edge", edge), bar("drained", drained))),
            new Figure.Table(
                Words.of("figure.calls"),
                List.of(Words.of("reader"), Words.of("events"), Words.of("calls")),
                List.of(row("level", level), row("edge", edge), row("drained", drained)))));
  }

  private static Bar bar(String name, Reading reading) {
    return Bar.of(Words.of(name), reading.bytes(), Amounts.count(reading.bytes()) + " B");
  }

  private static List<Words> row(String name, Reading reading) {
    return List.of(Words.of(name), Words.of("" + reading.events()), Words.of("" + reading.calls()));
  }

  /** What a reader got, of how many events, by how many calls of recv. */
  private record Reading(long bytes, int events, int calls) {}

  /** All is sent at once, and then nothing more: what is read is read of that. */
  private static Reading read(int trigger, boolean drains, int chunks, int patienceMillis)
      throws NativeException {
    try (SocketPair pair = SocketPair.stream();
        EpollSet set = new EpollSet();
        Block message = Block.of(chunks * CHUNK_BYTES);
        Block buffer = Block.of(CHUNK_BYTES)) {
      set.add(pair.near(), trigger);
      Sockets.send(pair.far(), message.address(), message.bytes(), Sockets.MSG_NOSIGNAL);
      long bytes = 0;
      int events = 0;
      int calls = 0;
      while (set.await(patienceMillis) > 0) {
        events++;
        long received;
        do {
          received = Sockets.recv(pair.near(), buffer.address(), CHUNK_BYTES, Sockets.MSG_DONTWAIT);
          calls++;
          bytes += Math.max(0, received);
        } while (drains && received > 0);
      }
      return new Reading(bytes, events, calls);
    }
  }
}
