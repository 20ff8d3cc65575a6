package fivefold.cli;

import fivefold.lab.compare.Contender;
import fivefold.lab.compare.Lineup;
import fivefold.net.IoModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows for the servers of others, named by their programs. */
final class Against {
  private Against() {}

  /** A row for each command and its port. */
  static List<Contender> contenders(List<String> commands, List<Integer> ports) {
    Map<String, Integer> seen = new HashMap<>();
    List<Contender> contenders = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      String command = commands.get(i).strip();
      String program = program(command);
      int time = seen.merge(program, 1, Integer::sum);
      String name = time == 1 ? program : program + " (" + time + ")";
      contenders.add(Lineup.foreign(name, command, ports.get(i)));
    }
    return contenders;
  }

  private static String program(String command) {
    Path file = Path.of(command.split("\\s+", 2)[0]).getFileName();
    String name = file == null ? command : file.toString();
    boolean isModel = IoModel.all().stream().anyMatch(model -> model.word().equals(name));
    return isModel ? name + " (theirs)" : name;
  }
}
