package fivefold.testkit;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A program in a process of its own, with fewer descriptors than this one has. Its output is read
 * line by line; closing its input asks it to end.
 */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedWriter input;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  /**
   * Starts {@code main} with the class path of this process.
   *
   * @param descriptors what {@code ulimit -n} shall be
   * @param folder for jars; see {@link #packed}
   */
  public ChildJvm(int descriptors, Path folder, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add("sh");
    command.add("-c");
    command.add("ulimit -n " + descriptors + " && exec \"$@\"");
    command.add("sh");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx128m");
    command.add("-cp");
    command.add(packed(folder));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    input = process.outputWriter(StandardCharsets.UTF_8);
    reader = Thread.ofPlatform().name("child-output").daemon().start(this::readLines);
  }

  private void readLines() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(no more output: " + e.getMessage() + ")");
    }
  }

  /**
   * The class path with folders made into jars: a JVM that has run out of descriptors can load no
   * class from a folder, but from a jar, which is open already, as it is in a release.
   */
  private static String packed(Path folder) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = folder.resolve("part-" + entries.size() + ".jar");
        pack(path, jar);
        entries.add(jar.toString());
      } else {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, out);
      }
    }
  }

  /** The rest of the first line that begins so, as soon as there is one. */
  public String awaitLine(String beginning) {
    Await.until(
        "the child says '" + beginning + "'; it has said " + lines,
        () -> said(beginning) || !process.isAlive());
    return lines.stream()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .map(line -> line.substring(beginning.length()).strip())
        .orElseThrow(() -> new AssertionError("the child has ended; it said " + lines));
  }

  public boolean said(String beginning) {
    return lines.stream().anyMatch(line -> line.startsWith(beginning));
  }

  public List<String> output() {
    return List.copyOf(lines);
  }

  /** Processor time used so far. */
  public Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /**
   * Asks it to end, and waits.
   *
   * @return its exit code
   */
  public int end() throws IOException, InterruptedException {
    input.close();
    if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the child does not end; it said " + lines);
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    reader.join();
  }
}
