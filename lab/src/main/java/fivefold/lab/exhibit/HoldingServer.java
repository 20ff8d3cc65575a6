package fivefold.lab.exhibit;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import fivefold.services.Services;
import java.io.IOException;
import java.net.SocketAddress;

/**
 * The echo service in a process of its own, whose limits were lowered: {@code MODEL CONNECTIONS}.
 * It prints its port, and why it could take no more; it ends when its input does.
 */
public final class HoldingServer {
  static final String PORT = "port ";
  static final String LIMIT = "limit ";

  private HoldingServer() {}

  /** Serves until nobody holds the other end of its input. */
  public static void main(String[] words) throws IOException {
    Server server =
        Server.tcp(0, Services.named("echo").named())
            .model(IoModel.parse(words[0]))
            .connectionLimit(Integer.parseInt(words[1]))
            .listener(new Telling())
            .start();
    say(PORT + server.port());
    while (System.in.read() >= 0) {
      // nobody is meant to say anything
    }
    // Not in order: a process at its limit may have no room left for that.
    Runtime.getRuntime().halt(0);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static final class Telling implements ServerListener {
    @Override
    public void refused(SocketAddress peer, String why) {
      say(LIMIT + why);
    }

    @Override
    public void handlerFailed(SocketAddress peer, Throwable error) {
      say(LIMIT + error);
    }

    @Override
    public void acceptPaused(String why) {
      say(LIMIT + why);
    }
  }
}
