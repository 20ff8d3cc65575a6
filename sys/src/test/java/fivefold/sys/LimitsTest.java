package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** In JVMs of their own: a limit is the whole process's. */
@EnabledOnOs(OS.LINUX)
class LimitsTest {
  private static final String GRANTED = "--enable-native-access=fivefold.sys";

  /** Lowers the limit of descriptors and opens until there are no more. */
  static final class Exhausting {
    private Exhausting() {}

    public static void main(String[] arguments) {
      Errno.name(0); // a class is loaded only while its file can be opened
      Epoll.events(Memory.allocate(Epoll.EVENT_BYTES), 0);
      long hard = Limits.hard(Limits.RLIMIT_NOFILE);
      int listener =
          Sockets.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK, 0);
      System.out.println("lower " + Limits.set(Limits.RLIMIT_NOFILE, 64, hard));
      System.out.println("soft " + Limits.soft(Limits.RLIMIT_NOFILE));
      int last;
      do {
        last = EventFd.create();
      } while (last >= 0);
      System.out.println("event " + Errno.name(last));
      System.out.println("epoll " + Errno.name(Epoll.create()));
      System.out.println("listen " + Sockets.listen(listener, 1));
      System.out.println("accept " + Errno.name(Sockets.accept4(listener, 0, 0, 0)));
      System.out.println("raised " + (Limits.raiseDescriptors() == hard));
      System.out.println("epoll again " + (Epoll.create() >= 0));
      System.out.println("hard " + (Limits.soft(Limits.RLIMIT_NOFILE) == hard));
    }
  }

  @Test
  void tooManyDescriptorsAreAValueAndTheLimitCanBeRaisedAgain() throws Exception {
    var result = ChildJvm.run(List.of(GRANTED), Exhausting.class);
    assertThat(result.output().lines())
        .containsExactly(
            "lower 0",
            "soft 64",
            "event EMFILE",
            "epoll EMFILE",
            "listen 0",
            "accept EMFILE",
            "raised true",
            "epoll again true",
            "hard true");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void noLimitIsALargeNumberAndAWrongOneAnError() {
    assertThat(Limits.soft(Limits.RLIMIT_NOFILE)).isBetween(1L, Limits.hard(Limits.RLIMIT_NOFILE));
    assertThat(Limits.soft(4711)).isEqualTo(-Errno.EINVAL);
    assertThat(Limits.set(Limits.RLIMIT_CORE, 2, 1)).isEqualTo(-Errno.EINVAL);
  }
}
