package fivefold.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntranceTest {
  private static final ServerLine ASKED =
      new ServerLine.Refusal("this chat has a password; send it as your first line");
  private static final ServerLine RIGHT = new ServerLine.Notice("you are in");

  private final List<String> happened = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();

  @Test
  void aServerWithoutPasswordIsToldNone() {
    Entrance entrance = entrance("secret");
    entrance.up();
    assertThat(happened).isEmpty();
    timers.getFirst().run();
    assertThat(happened).containsExactly("in");
    assertThat(entrance.settles(ASKED)).as("somebody says so").isFalse();
    assertThat(happened).containsExactly("in");
  }

  @Test
  void sendsThePasswordWhenItIsAskedFor() {
    Entrance entrance = entrance("secret");
    entrance.up();
    assertThat(entrance.settles(ASKED)).isTrue();
    timers.getFirst().run();
    assertThat(entrance.settles(RIGHT)).isFalse();
    assertThat(happened).containsExactly("secret", "in");
  }

  @Test
  void letsSomebodyTypeIt() {
    Entrance entrance = entrance("");
    entrance.up();
    assertThat(entrance.settles(ASKED)).isFalse();
    assertThat(entrance.wantsPassword()).isTrue();
    timers.getFirst().run();
    assertThat(happened).isEmpty();
    assertThat(entrance.settles(RIGHT)).isFalse();
    assertThat(entrance.wantsPassword()).isFalse();
    assertThat(happened).containsExactly("in");
  }

  @Test
  void theTimerOfALostConnectionSaysNothing() {
    Entrance entrance = entrance("");
    entrance.up();
    entrance.up();
    timers.getFirst().run();
    assertThat(happened).isEmpty();
    timers.getLast().run();
    assertThat(happened).containsExactly("in");
  }

  private Entrance entrance(String password) {
    return new Entrance(
        password, (_, task) -> timers.add(task), happened::add, () -> happened.add("in"));
  }
}
