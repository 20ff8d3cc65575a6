package fivefold.lab.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that start {@link PlainServer} in a process of its own. */
final class ServerScript {
  private ServerScript() {}

  static Contender contender(String name, String behaviour) {
    return new Contender(name, "thread", "blocking", command(behaviour), 0, List.of());
  }

  static List<String> command(String behaviour) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(List.of(java, "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classes(), PlainServer.class.getName(), behaviour));
    return command;
  }

  /** In a test run the class is patched into the module from the folder of the test classes. */
  private static String classes() {
    return Path.of("target", "test-classes").toAbsolutePath().toString();
  }
}
