package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.ReadyList;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.util.List;

/** A loop that leaves write interest on, beside one that asks for it only while bytes wait. */
final class AlwaysWritable implements Exhibit {
  private static final int MESSAGE_BYTES = 64;
  private static final long PAUSE_NANOS = 20_000_000;

  @Override
  public String name() {
    return "always-writable";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    int messages = scale.of(25, 8);
    Turns broken = serve(messages, Interest.READ | Interest.WRITE);
    Turns mended = serve(messages, Interest.READ);
    Words numbers =
        Outcome.numbers()
            .with("messages", messages)
            .with("broken", Amounts.count(broken.turns()))
            .with("mended", Amounts.count(mended.turns()))
            .with("times", Amounts.number(Amounts.ratio(broken.turns(), mended.turns())))
            .with("brokenBusy", Amounts.percent(broken.busy()))
            .with("mendedBusy", Amounts.percent(mended.busy()));
    return Outcome.judged(
        broken.turns() > 20 * mended.turns()
            && broken.replies() == messages
            && mended.replies() == messages,
        3,
        numbers,
        List.of(
            new Figure.Bars(
                Words.of("figure.turns"),
                List.of(turns("broken", broken), turns("mended", mended))),
            new Figure.Bars(
                Words.of("figure.cpu"), List.of(busy("broken", broken), busy("mended", mended)))));
  }

  private static Bar turns(String name, Turns run) {
    return Bar.of(Words.of(name), run.turns(), Amounts.count(run.turns()));
  }

  private static Bar busy(String name, Turns run) {
    return Bar.of(Words.of(name), run.busy(), Amounts.percent(run.busy()));
  }

  /** How often the loop came round, and how much of a processor it took. */
  private record Turns(long turns, long replies, double busy) {}

  /**
   * Answers a peer that says something now and then. The answer always fits the socket's buffer, so
   * there is never anything to wait for before writing.
   */
  private static Turns serve(int messages, int interest) throws IOException {
    try (SocketPair pair = SocketPair.messages();
        Block buffer = Block.of(MESSAGE_BYTES);
        Block message = Block.of(MESSAGE_BYTES);
        Poller poller = Poller.best();
        Feeder peer = Feeder.now(() -> talk(pair, message, messages))) {
      poller.register(pair.near(), interest, "peer");
      ReadyList ready = new ReadyList();
      long turns = 0;
      long replies = 0;
      long cpu = ThreadTime.ownNanos();
      long begin = System.nanoTime();
      while (replies < messages) {
        poller.poll(-1, ready);
        turns++;
        for (int i = 0; i < ready.size(); i++) {
          if ((ready.events(i) & Interest.READ) != 0) {
            long bytes = Sockets.recv(pair.near(), buffer.address(), MESSAGE_BYTES, 0);
            Sockets.send(pair.near(), buffer.address(), bytes, Sockets.MSG_NOSIGNAL);
            replies++;
          }
        }
      }
      double busy = (ThreadTime.ownNanos() - cpu) / (double) (System.nanoTime() - begin);
      return new Turns(turns, replies, busy);
    }
  }

  private static void talk(SocketPair pair, Block message, int messages) {
    for (int i = 0; i < messages; i++) {
      Feeder.rest(PAUSE_NANOS);
      Sockets.send(pair.far(), message.address(), MESSAGE_BYTES, Sockets.MSG_NOSIGNAL);
    }
  }
}
