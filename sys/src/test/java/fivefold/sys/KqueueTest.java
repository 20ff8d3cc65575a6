package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class KqueueTest {
  private static final List<String> GRANTED = List.of("--enable-native-access=fivefold.sys");

  @TempDir Path directory;

  /** Waits for a pipe by kqueue; the library to be used may be given. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) {
      if (arguments.length > 0) {
        System.load(arguments[0]);
      }
      System.out.println(Kqueue.unavailable().orElse("available"));
      long array = Memory.allocate(4L * Kqueue.EVENT_BYTES);
      long pair = Memory.allocate(2L * Integer.BYTES);
      Descriptors.pipe(pair, 0);
      int read = Memory.getInt(pair);
      int write = Memory.getInt(pair + Integer.BYTES);
      int kq = Kqueue.create();
      Kqueue.put(array, 0, read, Kqueue.EVFILT_READ, Kqueue.EV_ADD, -7L);
      System.out.println("nothing " + Kqueue.wait(kq, array, 1, array, 4, 0));
      Descriptors.write(write, array, 1);
      System.out.println("events " + Kqueue.wait(kq, 0, 0, array, 4, -1));
      System.out.println(Kqueue.descriptor(array, 0) == read);
      System.out.println("filter " + Kqueue.filter(array, 0));
      System.out.println("flags " + Kqueue.flags(array, 0));
      System.out.println("data " + Kqueue.data(array, 0));
      System.out.println("number " + (Kqueue.number(array, 0) > 0));
      Descriptors.close(write);
      System.out.println("events " + Kqueue.wait(kq, 0, 0, array, 4, 1_000_000_000));
      System.out.println("end " + (Kqueue.flags(array, 0) & Kqueue.EV_EOF));
    }
  }

  private static final String[] EXPECTED = {
    "available",
    "nothing 0",
    "events 1",
    "true",
    "filter -1",
    "flags 0",
    "data -7",
    "number true",
    "events 1",
    "end " + Kqueue.EV_EOF
  };

  @Test
  void waitsByLibkqueue() throws Exception {
    Kqueue.unavailable().ifPresent(reason -> assumeTrue(false, reason));
    assertThat(ChildJvm.run(GRANTED, Waiting.class).output().lines()).containsExactly(EXPECTED);
  }

  /** Where libkqueue is not to be had: a library of that name, found since it is loaded already. */
  @Test
  void speaksTheLayoutOfC() throws Exception {
    CCompiler.OF_THIS_MACHINE.assumeThere();
    Path source = directory.resolve("kqueue.c");
    try (InputStream c = KqueueTest.class.getResourceAsStream("kqueue.c")) {
      Files.copy(c, source);
    }
    Path library = directory.resolve("stand-in.so");
    int exitCode =
        new ProcessBuilder(
                "gcc",
                "-shared",
                "-fPIC",
                "-Wl,-soname,libkqueue.so.0",
                "-o",
                library.toString(),
                source.toString())
            .inheritIO()
            .start()
            .waitFor();
    assertThat(exitCode).isZero();
    var result = ChildJvm.run(GRANTED, Waiting.class, library.toString());
    assertThat(result.output().lines()).containsExactly(EXPECTED);
  }

  @Test
  void saysWhereItIsNot() {
    assertThat(Kqueue.unavailable("Windows 11").orElseThrow())
        .startsWith("needs macOS, FreeBSD, OpenBSD, or Linux with libkqueue, and this is Windows")
        .endsWith("choose nio");
    Kqueue.unavailable()
        .ifPresent(reason ->
            assertThat(reason)
                .isEqualTo(
                    "needs libkqueue.so.0: install libkqueue (where it is packaged: apt-get install"
                        + " libkqueue0), or choose epoll, on which it stands"));
  }

  @Test
  void eventsAreLargerOnFreeBsd() {
    assertThat(Kqueue.eventBytes("FreeBSD")).isEqualTo(64);
    assertThat(Kqueue.eventBytes("Mac OS X")).isEqualTo(32);
    assertThat(Kqueue.EVENT_BYTES).isEqualTo(32);
  }
}
