package fivefold.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A server of a cluster in a process of its own, which can be killed. */
record NodeProcess(Process process, int port) implements AutoCloseable {
  static NodeProcess start(NatsServer broker, long leaseMillis) throws IOException {
    return await(begin(broker, leaseMillis));
  }

  /** Does not wait for it. */
  static Process begin(NatsServer broker, long leaseMillis) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            NodeMain.class.getName(),
            broker.url(),
            Long.toString(leaseMillis))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static NodeProcess await(Process process) throws IOException {
    String port = process.inputReader(UTF_8).readLine();
    if (port == null) {
      throw new IOException("the server has ended before it listened");
    }
    return new NodeProcess(process, Integer.parseInt(port));
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
