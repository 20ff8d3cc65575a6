package fivefold.bench.generator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that takes the words and prints the JSON of {@code echo_load.c}. */
final class ProgramGenerator implements Generator {
  private final String program;

  ProgramGenerator(String program) {
    this.program = program;
  }

  @Override
  public Window run(int port, Load load) throws IOException {
    List<String> command =
        Cores.pinned(
            Cores.LOAD,
            List.of(
                program,
                "-P",
                Integer.toString(port),
                "-c",
                Integer.toString(load.connections()),
                "-s",
                Integer.toString(load.bytes()),
                "-w",
                seconds(load.warmup().toMillis()),
                "-t",
                seconds(load.duration().toMillis())));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String json =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Window(
        number(json, "rps"),
        number(json, "cli_us"),
        number(json, "core0"),
        number(json, "core1"),
        (long) number(json, "errors"));
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f", millis / 1e3);
  }

  private double number(String json, String key) throws IOException {
    Matcher found = Pattern.compile('"' + key + "\":([0-9.]+)").matcher(json);
    if (!found.find()) {
      throw new IOException(program + " printed no " + key + ": '" + json + "'");
    }
    return Double.parseDouble(found.group(1));
  }
}
