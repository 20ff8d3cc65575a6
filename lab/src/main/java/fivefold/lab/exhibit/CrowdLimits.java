package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.net.IoModel;
import fivefold.sys.Limits;
import fivefold.sys.Select;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How many connections each model holds in processes with the same limits, and what stops it. */
final class CrowdLimits implements Exhibit {
  private static final int SPARE_DESCRIPTORS = 300;
  private static final int MIB = 1024;

  /** What is computed is not told to the last digit. */
  private static final long ABOUT = 10_000;

  /** As many times its descriptors, io_uring is asked to hold. */
  private static final int TIMES = 10;

  private static final List<IoModel> UNTIL_REFUSED =
      List.of(IoModel.SELECT, IoModel.THREAD, IoModel.VIRTUAL, IoModel.EPOLL);

  @Override
  public String name() {
    return "crowd";
  }

  @Override
  public Outcome run(Scale scale) throws IOException, InterruptedException {
    long room = Math.min(1 << 20, Limits.soft(Limits.RLIMIT_NOFILE)) - SPARE_DESCRIPTORS;
    int descriptors = (int) Math.min(scale.of(4096, 1280), room);
    LimitedServer.Limits limits =
        new LimitedServer.Limits(descriptors, scale.of(2048, 1024) * (long) MIB);
    List<Held> crowds = new ArrayList<>();
    for (IoModel model : UNTIL_REFUSED) {
      crowds.add(Held.untilRefused(model, limits));
    }
    OwnLimits own = new OwnLimits();
    int asked = Math.min(TIMES * descriptors, own.directMost());
    if (asked > 0) {
      crowds.add(Held.onDirectDescriptors(limits, asked));
    }
    return judge(limits, crowds, asked, own);
  }

  private static Outcome judge(
      LimitedServer.Limits limits, List<Held> crowds, int asked, OwnLimits own) {
    Words numbers =
        Outcome.numbers()
            .with("descriptors", Amounts.count(limits.descriptors()))
            .with("memory", Amounts.count(limits.addressKibibytes() / MIB) + " MiB")
            .with("asked", Amounts.count(asked))
            .with("files", Amounts.count(about(own.filesMost())))
            .with("most", Amounts.count(about(own.memoryMost())))
            .with("why", own.whyNoneDirect());
    for (Held held : crowds) {
      String name = held.model().word().replace('_', '-');
      numbers = numbers.with(name, Amounts.count(held.connections()));
      numbers = numbers.with(name + "-each", kibibytes(held));
    }
    boolean shown = reachTheirLimits(limits, crowds);
    Held last = crowds.getLast();
    boolean isDirect = last.model() == IoModel.IO_URING;
    boolean allDirect = isDirect && last.connections() == asked;
    String direct = !isDirect ? "direct-none" : allDirect ? "direct" : "direct-not";
    return new Outcome(
        shown && (allDirect || !isDirect),
        shown && allDirect ? 4 : 0,
        List.of(
            new Words(shown ? "shows" : "shows-not", numbers.places()),
            new Words(direct, numbers.places()),
            Words.of("not-shown")),
        List.of(bars(crowds), limits(crowds, numbers), words(crowds), own.table()));
  }

  private static long about(long count) {
    return count / ABOUT * ABOUT;
  }

  /** Each on its own one: the words that the server used are the evidence. */
  private static boolean reachTheirLimits(LimitedServer.Limits limits, List<Held> crowds) {
    Held epoll = crowds.get(3);
    return crowds.get(0).limit().equals("limit.number")
        && crowds.get(0).connections() < Select.FD_SETSIZE
        && crowds.get(1).limit().equals("limit.stacks")
        && crowds.get(1).connections() < 0.9 * epoll.connections()
        && crowds.get(2).limit().equals("limit.descriptors")
        && epoll.limit().equals("limit.descriptors")
        && epoll.connections() > 0.8 * limits.descriptors();
  }

  private static String kibibytes(Held held) {
    return Amounts.number(held.bytesEach() / 1024.0) + " KiB";
  }

  private static Figure bars(List<Held> crowds) {
    return Figure.Bars.logarithmic(
        Words.of("figure.held"),
        crowds.stream()
            .map(held ->
                Bar.of(
                    Words.of(held.model().word()),
                    held.connections(),
                    Amounts.count(held.connections())))
            .toList());
  }

  private static Figure limits(List<Held> crowds, Words numbers) {
    return new Figure.Table(
        Words.of("figure.limits"),
        List.of(Words.of("model"), Words.of("memory-each"), Words.of("limit")),
        crowds.stream()
            .map(held ->
                List.of(
                    Words.of(held.model().word()),
                    Words.of(kibibytes(held)),
                    new Words(held.limit(), numbers.places())))
            .toList());
  }

  private static Figure words(List<Held> crowds) {
    return new Figure.Table(
        Words.of("figure.words"),
        List.of(Words.of("model"), Words.of("words")),
        crowds.stream()
            .map(held ->
                List.of(
                    Words.of(held.model().word()),
                    Words.of(held.why().isEmpty() ? "no-words" : held.why())))
            .toList());
  }
}
