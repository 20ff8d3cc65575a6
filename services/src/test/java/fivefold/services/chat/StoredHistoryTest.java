package fivefold.services.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredHistoryTest {
  @TempDir Path folder;

  private HistoryOptions inFile() {
    return HistoryOptions.inFile(folder.resolve("deeper").resolve("chat.mv"));
  }

  @Test
  void findsWhatWasKeptAfterARestart() throws Exception {
    try (History history = StoredHistory.open(inFile())) {
      history.append(List.of(message(1, "lobby", "one"), message(2, "java", "Größe 时间 😀")));
      history.append(List.of(message(3, "lobby", "two")));
      history.setTopic("java", "a topic");
    }
    try (History history = StoredHistory.open(inFile())) {
      assertThat(texts(history.last("lobby", 10))).containsExactly("one", "two");
      assertThat(texts(history.last("lobby", 1))).containsExactly("two");
      assertThat(history.last("java", 1)).containsExactly(message(2, "java", "Größe 时间 😀"));
      assertThat(texts(history.search("java", "GRÖSSE", 5))).isEmpty();
      assertThat(texts(history.search("java", "gRöße", 5))).hasSize(1);
      assertThat(history.last("nowhere", 5)).isEmpty();
      assertThat(history.topic("java")).isEqualTo("a topic");
      assertThat(history.topic("lobby")).isNull();
      assertThat(history.rooms()).containsExactlyInAnyOrder("lobby", "java");
      assertThat(history.lastId()).isEqualTo(3);
    }
  }

  @Test
  void keepsSoManyOfEachRoom() throws Exception {
    try (History history = StoredHistory.open(inFile().withMessages(10))) {
      List<ChatMessage> many = new ArrayList<>();
      for (int i = 1; i <= 500; i++) {
        many.add(message(i, i % 2 == 0 ? "even" : "odd", "" + i));
      }
      history.append(many);
      assertThat(texts(history.last("even", 1000))).hasSize(10).startsWith("482").endsWith("500");
      assertThat(history.last("odd", 1000)).hasSize(10);
    }
  }

  @Test
  void forgetsWhatIsTooOldAndARoomWithNothingInIt() throws Exception {
    long nowMillis = System.currentTimeMillis();
    try (History history = StoredHistory.open(inFile().withAge(Duration.ofDays(2)))) {
      long threeDays = Duration.ofDays(3).toMillis();
      history.append(List.of(new ChatMessage(2, nowMillis, "lobby", "x", "new")));
      history.append(List.of(new ChatMessage(1, nowMillis - threeDays, "lobby", "x", "old")));
      history.append(List.of(new ChatMessage(3, nowMillis - threeDays, "gone", "x", "old")));
      history.tidy();
      assertThat(texts(history.last("lobby", 10))).containsExactly("new");
      assertThat(history.rooms()).containsExactly("lobby");
    }
  }

  /** Each commit replaces pages; what they took is given back, and all that was kept is there. */
  @Test
  void aFileThatHasGrownShrinks() throws Exception {
    Path file = inFile().file();
    long shrunkBytes;
    try (History history = StoredHistory.open(inFile())) {
      int id = 0;
      while (!Files.exists(file) || Files.size(file) < 40 << 20) {
        history.append(List.of(message(++id, "lobby", "text " + id)));
        assertThat(id).isLessThan(1_000_000);
      }
      history.shrink();
      shrunkBytes = Files.size(file);
      assertThat(texts(history.last("lobby", 1))).containsExactly("text " + id);
      history.append(List.of(message(++id, "lobby", "text " + id)));
      assertThat(history.last("lobby", 1_000_000)).hasSize(id);
    }
    assertThat(shrunkBytes).isLessThan(30 << 20);
  }

  @Test
  void nobodyElseCanReadTheFile() throws Exception {
    StoredHistory.open(inFile()).close();
    Path file = inFile().file();
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(
              java.nio.file.attribute.PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aSecondServerOnTheSameFileIsToldWhy() throws Exception {
    try (History _ = StoredHistory.open(inFile())) {
      assertThatThrownBy(() -> StoredHistory.open(inFile()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another server has it open");
    }
  }

  @Test
  void aFileThatIsNoHistoryIsLeftAsItIs() throws Exception {
    Path file = folder.resolve("letter.txt");
    String letter = "Dear reader,\n".repeat(1000);
    Files.writeString(file, letter);
    assertThatThrownBy(() -> StoredHistory.open(HistoryOptions.inFile(file)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is no history, or a damaged one");
    assertThat(file).hasContent(letter);
  }

  private static ChatMessage message(long id, String room, String text) {
    return new ChatMessage(id, 1_000_000, room, "somebody", text);
  }

  private static List<String> texts(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::text).toList();
  }
}
