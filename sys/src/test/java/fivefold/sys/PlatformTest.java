package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PlatformTest {
  private static final String GRANTED = "--enable-native-access=fivefold.sys";
  private static final String DENIED = "--illegal-native-access=deny";

  /** Prints what Platform says, and then what happens when a call is made all the same. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) {
      System.out.println(Platform.unavailable().orElse("available"));
      System.out.println(Platform.isLinux() + " " + Platform.architecture());
      try {
        System.out.println("pid " + Processes.pid());
      } catch (ExceptionInInitializerError error) {
        Throwable cause = error.getCause();
        System.out.println(cause.getClass().getSimpleName() + ": " + cause.getMessage());
      }
    }
  }

  @Test
  void knowsTheArchitectures() {
    assertThat(Architecture.of("amd64")).isEqualTo(Architecture.X86_64);
    assertThat(Architecture.of("aarch64")).isEqualTo(Architecture.AARCH64);
    assertThat(Architecture.of("riscv64")).isEqualTo(Architecture.OTHER);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isAvailableHere() throws Exception {
    assertThat(Platform.unavailable()).isEmpty();
    assertThat(ask(GRANTED).get(0)).isEqualTo("available");
    assertThat(ask(GRANTED).get(2)).startsWith("pid ");
  }

  @Test
  void elsewhereItSaysSoAndDoesNotCrash() throws Exception {
    List<String> answer = ask(GRANTED, "-Dos.name=Mac OS X");
    assertThat(answer.get(0)).startsWith("needs Linux, and this is Mac OS X");
    assertThat(answer.get(1)).startsWith("false");
    assertThat(answer.get(2))
        .startsWith("UnsupportedOperationException: native calls: needs Linux");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anotherArchitectureIsNamed() throws Exception {
    assertThat(ask(GRANTED, "-Dos.arch=riscv64").get(0)).contains("this JVM is for riscv64");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void deniedNativeAccessNamesTheMissingFlag() throws Exception {
    assertThat(ask(DENIED).get(0)).endsWith("add --enable-native-access=fivefold.sys");
    assertThat(ask(DENIED, GRANTED).get(0)).isEqualTo("available");
  }

  @Test
  void askingLoadsNothingOfTheLinker() throws Exception {
    List<String> answer = ask(GRANTED, "-Xlog:class+load:stdout", "-Dos.name=Plan 9");
    int answered =
        answer.indexOf(
            answer.stream()
                .filter(line -> line.startsWith("needs Linux"))
                .findFirst()
                .orElseThrow());
    assertThat(answer.subList(0, answered))
        .anyMatch(line -> line.contains("fivefold.sys.Platform "))
        .noneMatch(line -> line.contains("fivefold.sys.Native "))
        .noneMatch(line -> line.contains("java.lang.foreign.Linker "));
  }

  private static List<String> ask(String... flags) throws Exception {
    return ChildJvm.run(List.of(flags), Asking.class).output().lines().toList();
  }
}
