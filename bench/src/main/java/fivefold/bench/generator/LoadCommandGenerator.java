package fivefold.bench.generator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./fivefold load}: a JVM of its own for each window, cold but for its warm-up. What it
 * prints has no CPU time of its process, so that is left open.
 */
final class LoadCommandGenerator implements Generator {
  private static final Pattern REQUESTS =
      Pattern.compile("requests/s .*\\(([0-9,]+) in ([0-9.]+) s\\)");

  private final Path launcher;

  LoadCommandGenerator(Path launcher) {
    this.launcher = launcher;
  }

  @Override
  public Window run(int port, Load load) throws IOException {
    List<String> command =
        Cores.pinned(
            Cores.LOAD,
            List.of(
                launcher.toString(),
                "load",
                "127.0.0.1:" + port,
                "--protocol",
                "upper",
                "--connections",
                Integer.toString(load.connections()),
                "--size",
                Integer.toString(load.bytes()),
                "--duration",
                load.duration().toMillis() + "ms"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher requests = REQUESTS.matcher(said);
    if (!requests.find()) {
      throw new IOException("./fivefold load printed no requests: " + said);
    }
    double count = Double.parseDouble(requests.group(1).replace(",", ""));
    return new Window(
        count / Double.parseDouble(requests.group(2)),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        said.contains("errors       none") ? 0 : 1);
  }
}
