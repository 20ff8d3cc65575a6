package fivefold.bench.room;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The members of a room, pinned to the second processor: room_load.c. */
final class RoomLoad implements AutoCloseable {
  private static final String CPU = "1";

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter commands;

  /** Connects so many members; those that read nothing are among them. */
  RoomLoad(String program, RoomServer server, int members, int slow) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    "taskset",
                    "-c",
                    CPU,
                    program,
                    Integer.toString(server.port),
                    Integer.toString(members),
                    Integer.toString(slow),
                    Long.toString(server.pid())))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader();
    commands = process.outputWriter();
    String first = answer();
    if (!first.startsWith("ready")) {
      throw new IOException(server.name + ": " + first);
    }
  }

  /** So many messages, one at a time; what became of them, times in microseconds. */
  Map<String, Double> say(int messages, int intervalMillis, boolean othersTalk) throws IOException {
    command("say " + messages + " " + intervalMillis + " " + (othersTalk ? 1 : 0));
    String[] words = answer().split(" ", -1);
    Map<String, Double> figures = new HashMap<>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      figures.put(words[i], Double.valueOf(words[i + 1]));
    }
    return figures;
  }

  /** What a member is told when somebody was dropped, or {@code none} in so many seconds. */
  String awaitNotice(int seconds) throws IOException {
    command("notice " + seconds);
    return answer();
  }

  private void command(String line) throws IOException {
    commands.write(line + "\n");
    commands.flush();
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the load generator has ended");
    }
    return line;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
