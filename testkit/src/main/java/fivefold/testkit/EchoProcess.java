package fivefold.testkit;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import java.net.SocketAddress;

/**
 * An echo server as a program: says on which port it listens and what its listener hears, and ends
 * at the end of its input. For {@link ChildJvm}.
 */
public final class EchoProcess {
  private EchoProcess() {}

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static final ServerListener SAYING =
      new ServerListener() {
        @Override
        public void handlerFailed(SocketAddress peer, Throwable error) {
          say("FAILED " + error);
        }

        @Override
        public void refused(SocketAddress peer, String why) {
          say("REFUSED " + why);
        }

        @Override
        public void acceptPaused(String why) {
          say("PAUSED " + why);
        }
      };

  /** Takes the model and the number of workers. */
  public static void main(String[] arguments) throws Exception {
    IoModel model = IoModel.parse(arguments[0]);
    int workers = Integer.parseInt(arguments[1]);
    try (Server server =
        Server.tcp(0, () -> Connection::send)
            .model(model)
            .workers(workers)
            .listener(SAYING)
            .start()) {
      say("PORT " + server.port());
      while (System.in.read() >= 0) {
        say("STATS " + server.stats());
      }
    }
    say("ENDED");
  }
}
