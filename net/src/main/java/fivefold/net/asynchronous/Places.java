package fivefold.net.asynchronous;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table of the parties of a loop; the lowest free place is given first. Belongs to one thread.
 */
final class Places {
  private UringLoop.@Nullable Party[] parties = new UringLoop.Party[64];
  private int[] generations = new int[64];
  private int[] free = new int[64];
  private final int expected;
  private int freeCount;
  private int end;

  /**
   * An empty table.
   *
   * @param expected how many parties there will hardly be more of; the table grows to just that
   */
  Places(int expected) {
    this.expected = expected;
  }

  /** The place of a new party. */
  int add(UringLoop.Party party) {
    int place = freeCount > 0 ? free[--freeCount] : end++;
    if (place == parties.length) {
      int larger = place < expected ? Math.min(2 * place, expected) : 2 * place;
      parties = Arrays.copyOf(parties, larger);
      generations = Arrays.copyOf(generations, larger);
    }
    parties[place] = party;
    generations[place]++;
    return place;
  }

  int generation(int place) {
    return generations[place];
  }

  void remove(int place) {
    parties[place] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = place;
  }

  /** The party of a completion, or null when it has gone. */
  UringLoop.@Nullable Party find(long userData) {
    int place = UserData.place(userData);
    return place < end && UserData.isGeneration(userData, generations[place])
        ? parties[place]
        : null;
  }
}
