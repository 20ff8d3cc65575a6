package fivefold.bench.generator;

import java.util.ArrayList;
import java.util.List;

/** Which processor runs what: the server one, whoever makes the load the other. */
final class Cores {
  static final int SERVER = 0;
  static final int LOAD = 1;

  private Cores() {}

  /** The command on one processor, by taskset(1). */
  static List<String> pinned(int core, List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    pinned.addAll(command);
    return pinned;
  }
}
