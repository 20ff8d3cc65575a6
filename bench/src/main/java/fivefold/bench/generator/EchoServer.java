package fivefold.bench.generator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server all load, in a process of its own. */
final class EchoServer implements AutoCloseable {
  private static final String PORT = "{port}";
  private static final int ATTEMPTS = 200;

  final int port;
  private final Process process;

  private EchoServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param command with {@code {port}} in it
   */
  static EchoServer start(String command) throws IOException, InterruptedException {
    int port = freePort();
    List<String> words = Arrays.asList(command.replace(PORT, Integer.toString(port)).split(" +"));
    Process process =
        new ProcessBuilder(Cores.pinned(Cores.SERVER, words))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    EchoServer server = new EchoServer(process, port);
    try {
      server.awaitListening(command);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  private void awaitListening(String command) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS && process.isAlive(); attempt++) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress("127.0.0.1", port));
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(25);
      }
    }
    throw new IOException("'" + command + "' does not listen on port " + port);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
