package fivefold.cli.console;

import fivefold.net.Server;
import java.io.PrintWriter;

/** One word at the prompt. */
enum ConsoleCommand {
  HELP("this list") {
    @Override
    void run(Server server, PrintWriter out) {
      for (ConsoleCommand command : values()) {
        out.printf("%-20s %s%n", command.word(), command.summary);
      }
    }
  },
  CONNECTIONS("who is connected, and what waits for them") {
    @Override
    void run(Server server, PrintWriter out) {
      ConnectionsView.print(server.connections(), out);
    }
  },
  REGISTERED("what the poller watches") {
    @Override
    void run(Server server, PrintWriter out) {
      WatchedView.print(server.watched(), server.model(), out);
    }
  },
  THREADS("the threads of this process, and where they are") {
    @Override
    void run(Server server, PrintWriter out) {
      ThreadsView.print(out);
    }
  },
  STATS("counts since the start") {
    @Override
    void run(Server server, PrintWriter out) {
      StatsView.print(server.stats(), out);
    }
  },
  QUIT("stop in order: no new connections, finish the open ones, end") {
    @Override
    void run(Server server, PrintWriter out) {}
  };

  private final String summary;

  ConsoleCommand(String summary) {
    this.summary = summary;
  }

  abstract void run(Server server, PrintWriter out);

  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
