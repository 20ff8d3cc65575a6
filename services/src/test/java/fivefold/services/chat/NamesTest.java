package fivefold.services.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @Test
  void aRoomIsTheSameInUpperAndLowerCase() throws Exception {
    assertThat(Names.room("#Java_25")).isEqualTo("java_25");
    assertThat(Names.room("聊天")).isEqualTo("聊天");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "127.0.0.1:80",
        "x:y",
        "server",
        "SERVER",
        "\u202Ex",
        "123456789012345678901"
      })
  void whatIsNoNickname(String text) {
    assertThatThrownBy(() -> Names.nick(text)).isInstanceOf(RefusedException.class);
  }

  @Test
  void namesThatLookTheSameInAnotherWidthAreTheSame() throws Exception {
    assertThat(Names.nick("ＡＮＮ")).isEqualTo("ANN");
    assertThat(Names.key("ＡＮＮ")).isEqualTo(Names.key("ann"));
  }
}
