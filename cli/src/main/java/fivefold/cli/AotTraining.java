package fivefold.cli;

import fivefold.net.IoModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The run an AOT cache is made from: the classes loaded here start faster from then on. {@code
 * cli/src/build/finish-dist.sh} starts it when the project is built; it is no command.
 */
final class AotTraining {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration CHILDREN_LIMIT = Duration.ofSeconds(60);

  private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);

  private AotTraining() {}

  /**
   * Goes through what most starts go through, in this one JVM: a cache records a single run.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    expectSuccess(Main.run("--version"));
    expectSuccess(Main.run("--help"));
    expectSuccess(Main.run("models"));
    Main.run("doctor"); // what it finds of the machine that builds does not matter here
    for (IoModel model : IoModel.values()) {
      if (model.availability().isAvailable()) {
        serveIfItStarts(model);
      }
    }
    connect();
    System.exit(0);
  }

  /** A model the cache does without starts slower, and that is all. */
  private static void serveIfItStarts(IoModel model) throws InterruptedException {
    try {
      serve(model);
    } catch (IOException e) {
      System.err.println("not trained on " + model + ": " + e.getMessage());
    }
  }

  private static void serve(IoModel model) throws IOException, InterruptedException {
    int port = freePort();
    Thread server = started("--model", model.word(), "--port", "" + port);
    try (Socket client = connected(server, port)) {
      client.getOutputStream().write(HELLO);
      if (client.getInputStream().readNBytes(HELLO.length).length < HELLO.length) {
        throw new IllegalStateException("no reply on " + model);
      }
    }
    awaitChildren();
    stopAsAnyoneWould();
    if (!server.join(LIMIT)) {
      throw new IllegalStateException("does not stop on " + model);
    }
  }

  /** A worker of the model process writes its own cache as it ends. */
  private static void awaitChildren() throws InterruptedException {
    long deadlineNanos = System.nanoTime() + CHILDREN_LIMIT.toNanos();
    while (ProcessHandle.current().children().findAny().isPresent()
        && System.nanoTime() < deadlineNanos) {
      Thread.sleep(10);
    }
  }

  /** The last: from here on signals are the client's, and the server ends with the JVM. */
  private static void connect() throws IOException, InterruptedException {
    int port = freePort();
    Thread server = started("--port", "" + port);
    connected(server, port).close();
    System.setIn(new ByteArrayInputStream(HELLO));
    expectSuccess(Main.run("connect", "localhost:" + port));
  }

  private static Thread started(String... flags) {
    List<String> words = new ArrayList<>(List.of("serve", "echo", "--no-console"));
    words.addAll(List.of(flags));
    return Thread.ofPlatform().daemon().start(() -> Main.run(words.toArray(String[]::new)));
  }

  private static void stopAsAnyoneWould() throws IOException, InterruptedException {
    String pid = Long.toString(ProcessHandle.current().pid());
    expectSuccess(new ProcessBuilder("kill", "-TERM", pid).start().waitFor());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Socket connected(Thread server, int port)
      throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException notYet) {
        if (!server.isAlive() || System.nanoTime() > deadlineNanos) {
          throw notYet;
        }
        Thread.sleep(10);
      }
    }
  }

  private static void expectSuccess(int exitCode) {
    if (exitCode != 0) {
      throw new IllegalStateException("exit code " + exitCode);
    }
  }
}
