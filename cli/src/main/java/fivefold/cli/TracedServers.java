package fivefold.cli;

import fivefold.lab.compare.Contender;
import fivefold.lab.record.Workload;
import fivefold.net.IoModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers of a comparison, each with a file for its trace: {@code trace.json} becomes {@code
 * trace-epoll.json}, and in a sweep over connections {@code trace-epoll-1000.json}.
 */
final class TracedServers {
  private final Path file;
  private final List<Path> files = new ArrayList<>();

  TracedServers(Path file) {
    this.file = file;
  }

  /** All files that will be there. */
  List<Path> files() {
    return files;
  }

  /**
   * The same servers, which will write their traces when they stop. Those of others do not, and of
   * {@code process} the threads are in other processes.
   *
   * @param setting tells the settings of a sweep apart; empty when there is one
   */
  List<Contender> of(List<Contender> contenders, String setting) {
    return contenders.stream()
        .map(contender -> isTraceable(contender) ? traced(contender, setting) : contender)
        .toList();
  }

  private static boolean isTraceable(Contender contender) {
    return contender.port() == 0 && !contender.model().equals(IoModel.PROCESS.word());
  }

  private Contender traced(Contender contender, String setting) {
    Path trace = file.resolveSibling(name(contender.name(), setting));
    files.add(trace);
    List<String> command = new ArrayList<>(contender.command());
    command.addAll(List.of("--trace", trace.toAbsolutePath().toString()));
    List<String> notes = new ArrayList<>(contender.notes());
    notes.add("traced to " + trace.getFileName() + ", and that is in its figures");
    return contender.with(command, notes);
  }

  private String name(String row, String setting) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String suffix = dot > 0 ? name.substring(dot) : ".json";
    String words = row.replaceAll("[^A-Za-z0-9+_-]+", "-").replaceAll("-$", "");
    return stem + "-" + words + (setting.isEmpty() ? "" : "-" + setting) + suffix;
  }

  /** What of a workload differs in a sweep, in file names. */
  static String setting(CompareFlags flags, Workload workload) {
    if (flags.connections.size() > 1) {
      return Integer.toString(workload.connections());
    }
    if (flags.messageBytes.size() > 1) {
      return workload.messageBytes() + "-bytes";
    }
    return flags.pipeline.size() > 1 ? "pipeline-" + workload.pipeline() : "";
  }
}
