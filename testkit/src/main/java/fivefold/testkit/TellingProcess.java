package fivefold.testkit;

import fivefold.net.IoModel;
import fivefold.net.NamedHandlers;
import fivefold.net.Server;

/**
 * A server of named handlers as a program, which says where it listens and who it is, and stays.
 */
public final class TellingProcess {
  private TellingProcess() {}

  /** Takes the factory's name, its word, and how many workers to start ahead. */
  public static void main(String[] arguments) throws Exception {
    NamedHandlers handlers = NamedHandlers.named(arguments[0], java.util.List.of(arguments[1]));
    try (Server server =
        Server.tcp(0, handlers)
            .model(IoModel.PROCESS)
            .prefork(Integer.parseInt(arguments[2]))
            .start()) {
      System.out.println("PORT " + server.port());
      System.out.println("PID " + ProcessHandle.current().pid());
      while (System.in.read() >= 0) {
        // Until the end of its input.
      }
    }
  }
}
