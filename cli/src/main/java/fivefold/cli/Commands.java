package fivefold.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The list of subcommands. Only the one that is called is built: reading a command's annotations
 * takes picocli several milliseconds.
 */
final class Commands {
  private static final Map<String, Supplier<Object>> ALL = all();

  private static final Set<String> VERSION = Set.of("--version", "-V");

  private Commands() {}

  private static Map<String, Supplier<Object>> all() {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("compare", CompareCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("load", LoadCommand::new);
    commands.put("crowd", CrowdCommand::new);
    commands.put("serve", () -> new ServeCommand().spec());
    commands.put("connect", ConnectCommand::new);
    commands.put("chat", ChatCommand::new);
    commands.put("time", TimeCommand::new);
    commands.put("exhibit", ExhibitCommand::new);
    commands.put("lab", LabCommand::new);
    commands.put("figures", FiguresCommand::new);
    commands.put("models", ModelsCommand::new);
    commands.put("doctor", DoctorCommand::new);
    return commands;
  }

  /** Registers the command that is called first; all of them when it is none of these. */
  static void register(CommandLine root, String... args) {
    if (args.length == 1 && VERSION.contains(args[0])) {
      return;
    }
    Supplier<Object> called = args.length == 0 ? null : ALL.get(args[0]);
    if (called != null) {
      add(root, args[0], called.get());
    } else {
      ALL.forEach((name, command) -> add(root, name, command.get()));
    }
  }

  private static void add(CommandLine root, String name, Object command) {
    CommandLine subcommand = new CommandLine(command);
    subcommand.getCommandSpec().versionProvider(root.getCommandSpec().versionProvider());
    root.addSubcommand(name, subcommand);
  }
}
