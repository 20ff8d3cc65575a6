package fivefold.bench.room;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A chat server in a process of its own, pinned to the first processor. */
final class RoomServer implements AutoCloseable {
  private static final String CPU = "0";
  private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+([0-9]+) kB");

  final String name;
  final int port;
  private final Process process;

  private RoomServer(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it has said where it listens. */
  static RoomServer start(String name, List<String> command) throws IOException {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", CPU));
    pinned.addAll(command);
    Process process = new ProcessBuilder(pinned).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        // It writes little more, which the pipe holds.
        return new RoomServer(name, process, Integer.parseInt(address.group(1)));
      }
      said.append(line).append('\n');
    }
    throw new IOException(name + " ended before it listened: " + said);
  }

  long pid() {
    return process.pid();
  }

  /** Resident memory, which the kernel counts in pages of all kinds. */
  double residentMegabytes() throws IOException {
    Matcher kilobytes =
        RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid()), "status")));
    return kilobytes.find() ? Long.parseLong(kilobytes.group(1)) / 1024.0 : 0;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
