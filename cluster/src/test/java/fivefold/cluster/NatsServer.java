package fivefold.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real broker with its files in a folder: killed and started again, it finds them. */
final class NatsServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port;
  private final List<String> flags;
  private Process process;

  private NatsServer(Path folder, int port, List<String> flags) throws IOException {
    this.folder = folder;
    this.port = port;
    this.flags = flags;
    start();
  }

  /** Skips the test where there is none. */
  static NatsServer start(Path folder, String... flags) throws IOException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "nats-server"))),
        "no nats-server here: apt-get install nats-server");
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    return new NatsServer(folder, free, List.of(flags));
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>(List.of("nats-server", "-a", "127.0.0.1"));
    command.addAll(List.of("-p", Integer.toString(port), "-js", "-sd", folder.toString()));
    command.addAll(flags);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("nats.log").toFile()))
            .start();
    await().atMost(PATIENCE).until(this::isListening);
  }

  private boolean isListening() {
    if (!process.isAlive()) {
      throw new IllegalStateException("nats-server has ended; see " + folder.resolve("nats.log"));
    }
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  /** SIGSTOP and SIGCONT: it hangs, and its connections stay. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  String url() {
    return "nats://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  BrokerOptions options() {
    return BrokerOptions.at(List.of(url()));
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
