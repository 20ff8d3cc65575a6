package fivefold.lab.compare;

import fivefold.lab.record.Workload;
import fivefold.net.IoModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows for some I/O models, each served by a Fivefold of its own.
 *
 * <p>A model may be named twice: what then differs between its two rows is chance, and shows how
 * much of it there is.
 */
public final class Lineup {
  /** FD_SETSIZE, select(2). */
  private static final int SELECT_DESCRIPTOR_LIMIT = 1024;

  /** 1 GB of worker processes, which a machine to try this on has to spare. */
  static final int PROCESS_LIMIT = 20;

  /** In place of a family, for servers of which it is not known. */
  static final String FOREIGN = "other";

  private Lineup() {}

  /**
   * The contenders.
   *
   * @param fivefold the command that runs Fivefold, without arguments
   */
  public static List<Contender> of(
      List<IoModel> models, List<String> fivefold, Workload workload, int loops) {
    Map<IoModel, Integer> seen = new HashMap<>();
    List<Contender> contenders = new ArrayList<>();
    for (IoModel model : models) {
      int time = seen.merge(model, 1, Integer::sum);
      contenders.add(contender(model, time, fivefold, workload, loops));
    }
    return contenders;
  }

  private static Contender contender(
      IoModel model, int time, List<String> fivefold, Workload workload, int loops) {
    List<String> command = new ArrayList<>(fivefold);
    command.addAll(List.of("serve", workload.service(), "--model", model.word()));
    if (workload.repliesSame()) {
      command.addAll(List.of("--reply", Workload.SAME));
    }
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--no-console"));
    List<String> notes = new ArrayList<>();
    int threads = hasThreadEach(model) ? ThreadLimit.ofThisMachine() : 0;
    boolean cut = threads > 0 && threads < workload.connections();
    if (cut) {
      notes.add(
          "cut to %d of %d connections: a thread for each, and this machine is set for not many more"
              .formatted(threads, workload.connections()));
    }
    int served = cut ? threads : workload.connections();
    if (loops > 1 && model.family() != IoModel.Family.BLOCKING) {
      command.addAll(List.of("--loops", Integer.toString(loops)));
    }
    if (model == IoModel.POOL) {
      // In a closed loop no connection ever ends, so one without a thread would wait for ever.
      command.addAll(List.of("--workers", Integer.toString(served)));
      notes.add("--workers " + served + ", a thread for each connection");
    }
    if (model == IoModel.PROCESS) {
      int processes = Math.min(workload.connections(), PROCESS_LIMIT);
      command.addAll(List.of("--workers", Integer.toString(processes)));
      notes.add(
          "--workers "
              + processes
              + ", a process for each connection; its figures are of all processes together");
      if (processes < workload.connections()) {
        notes.add(
            "cut to %d of %d connections: each is a JVM of about 50 MB"
                .formatted(processes, workload.connections()));
      }
    }
    return new Contender(
        name(model, time),
        model.word(),
        model.family().word(),
        List.copyOf(command),
        0,
        model == IoModel.SELECT ? SELECT_DESCRIPTOR_LIMIT : 0,
        model == IoModel.PROCESS ? PROCESS_LIMIT : threads,
        List.copyOf(notes));
  }

  private static boolean hasThreadEach(IoModel model) {
    return model == IoModel.THREAD || model == IoModel.POOL;
  }

  /**
   * Somebody else's server.
   *
   * @param name tells its row from the others
   * @param command for a shell, whose place it takes; it must stay in the foreground
   * @param port of 127.0.0.1 on which it will listen
   */
  public static Contender foreign(String name, String command, int port) {
    return new Contender(
        name,
        name,
        FOREIGN,
        List.of("/bin/sh", "-c", "exec " + command),
        port,
        0,
        0,
        List.of("not Fivefold's: " + command));
  }

  /** The name of a model's n-th row. */
  static String name(IoModel model, int time) {
    return time == 1 ? model.word() : model.word() + " (" + time + ")";
  }
}
