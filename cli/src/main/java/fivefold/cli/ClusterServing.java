package fivefold.cli;

import fivefold.cli.console.ConsoleAction;
import fivefold.cluster.Cluster;
import fivefold.net.StreamHandler;
import fivefold.services.chat.ChatOptions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A chat that is served here and on other servers. */
record ClusterServing(ChatServing here, Cluster cluster) implements Serving {

  static Serving open(ChatOptions options, ClusterFlags flags, WebFlags web) throws IOException {
    web.check();
    Cluster cluster = null;
    try {
      cluster = Cluster.connect(flags.broker(), flags.options());
      ChatServing here = ChatServing.of(cluster.join(options), web);
      System.getLogger("fivefold.serve")
          .log(
              Level.INFO,
              "cluster '"
                  + flags.options().name()
                  + "' at "
                  + cluster.place()
                  + ", this server is "
                  + cluster.node()
                  + "; the broker keeps the history, and here is a copy of the last "
                  + options.history().limitMessages()
                  + " messages of each room");
      return new ClusterServing(here, cluster);
    } catch (IOException e) {
      if (cluster != null) {
        cluster.close();
      }
      throw new FailureException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Supplier<? extends StreamHandler> handlers() {
    return here.handlers();
  }

  @Override
  public Optional<Beside> beside() {
    return here.beside();
  }

  @Override
  public List<ConsoleAction> console() {
    return here.console();
  }

  @Override
  public void close() {
    here.close();
    cluster.close();
  }
}
