package fivefold.lab.exhibit;

import fivefold.net.IoModel;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.ReadyList;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Limits;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Select;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What select's 1,024 is a limit of: the number a descriptor has, in the C library's sets. */
final class Fd1024 implements Exhibit {
  private static final int HIGH = 5000;
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  @Override
  public String name() {
    return "fd-1024";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    long limit = Limits.soft(Limits.RLIMIT_NOFILE);
    int below = free(Select.FD_SETSIZE - 1, -1);
    int at = free(Select.FD_SETSIZE, 1);
    int high = free((int) Math.min(HIGH, limit - 1), -1);
    List<Row> rows = new ArrayList<>();
    for (int number : new int[] {below, at, high}) {
      rows.add(watch(number));
    }
    Row last = rows.getLast();
    boolean shown =
        rows.getFirst().select()
            && rows.stream().skip(1).noneMatch(Row::select)
            && rows.stream().allMatch(row -> row.larger() && row.poll() && row.epoll());
    Words numbers =
        Outcome.numbers()
            .with("below", below)
            .with("at", at)
            .with("high", last.number())
            .with("files", Amounts.count(limit));
    return Outcome.judged(shown, 3, numbers, List.of(table(rows)));
  }

  private static Figure table(List<Row> rows) {
    return new Figure.Table(
        Words.of("figure.watched"),
        List.of(
            Words.of("number"),
            Words.of("select"),
            Words.of("larger"),
            Words.of("poll"),
            Words.of("epoll")),
        rows.stream()
            .map(row ->
                List.of(
                    Words.of("" + row.number()),
                    result(row.select()),
                    result(row.larger()),
                    result(row.poll()),
                    result(row.epoll())))
            .toList());
  }

  private static Words result(boolean seen) {
    return Words.of(seen ? "seen" : "refused");
  }

  /** Whether a message on a descriptor of this number was seen by each way of waiting. */
  private record Row(int number, boolean select, boolean larger, boolean poll, boolean epoll) {}

  /** The next number that no open file has. */
  private static int free(int from, int step) {
    int number = from;
    while (Descriptors.getFlags(number) != -Errno.EBADF) {
      number += step;
    }
    return number;
  }

  /** Two sockets are all that is opened: one of them is given the number. */
  private static Row watch(int number) throws IOException {
    try (SocketPair pair = SocketPair.messages();
        Block message = Block.of(1)) {
      int result = Descriptors.duplicate(pair.near(), number, Descriptors.O_CLOEXEC);
      if (result < 0) {
        throw NativeException.of("dup3", result);
      }
      try {
        Sockets.send(pair.far(), message.address(), 1, Sockets.MSG_NOSIGNAL);
        return new Row(
            number,
            seesReady(IoModel.SELECT, number),
            seesReadyBySetOfOurs(number),
            seesReady(IoModel.POLL, number),
            seesReady(IoModel.EPOLL, number));
      } finally {
        Descriptors.close(number);
      }
    }
  }

  private static boolean seesReady(IoModel model, int descriptor) throws IOException {
    PollerFactory factory =
        PollerFactory.all().stream()
            .filter(each -> each.model() == model)
            .findFirst()
            .orElseThrow();
    try (Poller poller = factory.open()) {
      poller.register(descriptor, Interest.READ, "message");
      return poller.poll(PATIENCE_NANOS, new ReadyList()) == 1;
    } catch (IOException refused) {
      return false;
    }
  }

  /** The same system call with a set that has room: the kernel does not mind. */
  private static boolean seesReadyBySetOfOurs(int descriptor) {
    int word = descriptor / Long.SIZE;
    try (Block set = Block.of((word + 1) * Long.BYTES)) {
      long bit = 1L << descriptor % Long.SIZE;
      Memory.putLong(set.address() + (long) word * Long.BYTES, bit);
      return Select.select(descriptor + 1, set.address(), 0, 0, PATIENCE_NANOS) == 1
          && Select.word(set.address(), word) == bit;
    }
  }
}
