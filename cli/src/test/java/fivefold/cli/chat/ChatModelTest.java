package fivefold.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatModelTest {
  private final List<String> sent = new ArrayList<>();
  private final ChatModel model = new ChatModel(sent::add);
  private final ServerLineReader reader = new ServerLineReader();

  @Test
  void followsWhoIsHere() {
    model.greet();
    hear("* #lobby, 2 here: ann, 127.0.0.1:5000");
    assertThat(texts()).as("nobody has asked").isEmpty();
    hear("* bob is here", "* ann is now anna", "* 127.0.0.1:5000 has left");
    assertThat(model.current().names).containsExactly("bob", "anna");
    hear("* carl, dora and 7 are here", "* dora, carl have left");
    assertThat(model.current().names).containsExactly("bob", "anna");
    hear("* bob, anna and 3 were dropped: they did not read in time");
    assertThat(model.current().names).isEmpty();
    hear("* #lobby, 1 here: me");
    assertThat(texts()).as("somebody has typed /who").endsWith("#lobby, 1 here: me");
  }

  @Test
  void showsTheRoomThatWasEnteredAndCountsWhatIsSaidInOthers() {
    hear(said("ann", " #java", "old"), "* you are in #java, 2 here; topic: beans");
    assertThat(model.current().name).isEqualTo("java");
    assertThat(model.current().topic).isEqualTo("beans");
    assertThat(texts()).contains("old");
    hear(said("bob", "", "in the lobby"), "* #java: carl is here");
    assertThat(model.rooms()).extracting(room -> room.unread).containsExactly(1, 0);
    assertThat(model.current().names).contains("carl");
    hear("* you have left #java; you speak in #lobby");
    assertThat(model.rooms()).extracting(room -> room.name).containsExactly("lobby");
    assertThat(model.current().unread).isZero();
  }

  @Test
  void aTextThatLooksLikeANoticeIsNone() {
    hear(said("ann", "", "* bob has left"));
    hear(said("ann", "", "2026/11/21 13:05:09 bob"), said("ann", "", "! wrong password"));
    assertThat(texts()).contains("* bob has left", "2026/11/21 13:05:09 bob", "! wrong password");
  }

  @Test
  void comesBackWithNameAndRoomsAndShowsNothingTwice() {
    hear("* you are now ann", "* you are in #java, 1 here", said("bob", " #java", "one"));
    hear("* #java, 1 here: ann", "* #java, 1 here: ann");
    sent.clear();
    model.comeBack();
    assertThat(sent)
        .containsExactly("/nick ann", "/history 200", "/join java", "/history 200", "/who");
    hear(said("bob", " #java", "one"), said("bob", " #java", "two"));
    hear("* you are in #java, 1 here", "* #java, 1 here: ann", "* #java, 1 here: ann");
    assertThat(texts()).containsOnlyOnce("one").containsOnlyOnce("two");
    hear(said("bob", " #java", "two"));
    assertThat(texts()).as("said again, and no repetition").filteredOn("two"::equals).hasSize(2);
  }

  @Test
  void aServerCannotMakeItGrow() {
    for (int i = 0; i < 5_000; i++) {
      hear(said("n" + i, " #r" + i, "x"), "* n" + i + " is here");
    }
    assertThat(model.rooms()).hasSizeLessThanOrEqualTo(50);
    assertThat(model.current().names).hasSizeLessThanOrEqualTo(1_000);
  }

  private static String said(String from, String room, String text) {
    return "2001/11/21 13:05:09 " + from + room + "\n" + text;
  }

  private void hear(String... lines) {
    for (String several : lines) {
      several.lines().forEach(line -> reader.take(line).ifPresent(model::take));
    }
  }

  private List<String> texts() {
    model.current().scrollback.fit(500, 10_000);
    return model.current().scrollback.visible().stream().map(row -> row.entry().text()).toList();
  }
}
