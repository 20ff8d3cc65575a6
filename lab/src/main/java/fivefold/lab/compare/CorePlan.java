package fivefold.lab.compare;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Which processors serve, which one makes the load, and where the rest of this process runs. None
 * serves and loads: then one's use of time would be the other's delay.
 *
 * @param server as many as the servers have loops, if there are so many
 * @param load the one of the load generator's thread
 * @param others where this process's other threads may run: all that do not serve
 */
public record CorePlan(BitSet server, BitSet load, BitSet others) {

  /**
   * Divides processors.
   *
   * @param allowed those this process may use
   * @param loops how many the servers can make use of
   * @param siblings the processors that share a core with one, itself among them
   * @return empty when there is only one
   */
  static Optional<CorePlan> of(BitSet allowed, int loops, IntFunction<BitSet> siblings) {
    if (allowed.cardinality() < 2) {
      return Optional.empty();
    }
    BitSet server = new BitSet();
    BitSet left = copy(allowed);
    int wanted = Math.min(loops, allowed.cardinality() - 1);
    for (int i = 0; i < wanted; i++) {
      int next = pick(left, server, siblings);
      server.set(next);
      left.clear(next);
    }
    BitSet load = new BitSet();
    load.set(pick(left, server, siblings));
    return Optional.of(new CorePlan(server, load, left));
  }

  /** The first of the candidates that shares no core with those taken, else the first. */
  private static int pick(BitSet candidates, BitSet taken, IntFunction<BitSet> siblings) {
    return candidates.stream()
        .filter(cpu -> !siblings.apply(cpu).intersects(taken))
        .findFirst()
        .orElse(candidates.nextSetBit(0));
  }

  private static BitSet copy(BitSet set) {
    return (BitSet) set.clone();
  }

  /** A set of processors as the kernel writes it: {@code 0-3,8}. */
  public static String describe(BitSet cpus) {
    StringBuilder list = new StringBuilder();
    for (int from = cpus.nextSetBit(0); from >= 0; ) {
      int to = cpus.nextClearBit(from) - 1;
      list.append(list.isEmpty() ? "" : ",").append(from);
      if (to > from) {
        list.append('-').append(to);
      }
      from = cpus.nextSetBit(to + 1);
    }
    return list.toString();
  }

  /** The inverse of {@link #describe}; an unreadable list is empty. */
  static BitSet parse(String list) {
    BitSet cpus = new BitSet();
    for (String range : list.strip().split(",", -1)) {
      String[] ends = range.split("-", 2);
      try {
        cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        return new BitSet();
      }
    }
    return cpus;
  }
}
