package fivefold.services.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fivefold.net.IoModel;
import fivefold.net.ModelUnavailableException;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.services.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What a client sees, on every model. */
@Timeout(60)
class ChatTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final String TIME = "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d ";

  private static final ChatOptions FREE = ChatOptions.DEFAULT.withMessagesPerSecond(0);

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void tellsEveryMessageToEverybodyTheSenderTooAndNothingElse(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model);
        Client one = Client.of(server);
        Client two = Client.of(server)) {
      await().atMost(PATIENCE).until(() -> chat.members().size() == 2);
      one.send("hello\nworld\n");
      for (Client client : List.of(one, two)) {
        for (String text : List.of("hello", "world")) {
          assertThat(client.line()).matches(TIME + one.address());
          assertThat(client.line()).isEqualTo(text);
        }
      }
    }
  }

  /** As clients do that send no line end: recv() was a message. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void bytesWithoutALineEndAreAMessageAfterAQuietTime(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model);
        Client client = Client.of(server)) {
      client.send("时间");
      assertThat(client.line()).matches(TIME + client.address());
      assertThat(client.line()).isEqualTo("时间");
      client.send("qu").send("it");
      assertThat(client.line()).isNull();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void quitLeavesAndWhatWasSaidLastStillComesBack(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model)) {
      try (Client client = Client.of(server)) {
        client.send("bye\nquit\nunheard\n");
        assertThat(client.rest()).endsWith("\nbye\n");
      }
      try (Client client = Client.of(server)) {
        client.send("last words").halfClose();
        assertThat(client.rest()).endsWith("\nlast words\n");
      }
      try (Client client = Client.of(server)) {
        client.send("/search WORDS").halfClose();
        assertThat(client.rest()).endsWith("\nlast words\n* found in #lobby: 1\n");
      }
      await().atMost(PATIENCE).until(() -> chat.members().isEmpty());
      assertThat(chat.rooms()).isEmpty();
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void roomsAreApartAndNamesHold(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model);
        Client ann = Client.present(server);
        Client bob = Client.present(server)) {
      ann.sendLine("/nick Ann").awaitLine("* you are now Ann");
      bob.sendLine("/nick ann");
      bob.awaitLine("! 'ann' is taken");
      bob.sendLine("/nick Bob").awaitLine("* you are now Bob");
      ann.sendLine("/join #Java").awaitLine("* you are in #java, 1 here");
      ann.sendLine("in java").awaitLine("in java");
      bob.sendLine("in the lobby");
      assertThat(bob.awaitLine("2")).matches(TIME + "Bob");
      assertThat(bob.line()).isEqualTo("in the lobby");
      bob.sendLine("/join java");
      assertThat(bob.awaitLine("2")).as("the history").matches(TIME + "Ann #java");
      assertThat(bob.line()).isEqualTo("in java");
      assertThat(bob.line()).isEqualTo("* you are in #java, 2 here");
      assertThat(ann.awaitLine("* #java")).isEqualTo("* #java: Bob is here");
      bob.sendLine("/who").awaitLine("* #java, 2 here: Ann, Bob");
      bob.sendLine("/leave").awaitLine("* you have left #java; you speak in #lobby");
      assertThat(ann.awaitLine("* #java")).isEqualTo("* #java: Bob has left");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void whatOneSaysToAnotherAloneNobodyElseHears(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model);
        Client ann = Client.present(server);
        Client bob = Client.present(server);
        Client eve = Client.present(server)) {
      ann.sendLine("/nick Ann").awaitLine("* you are now");
      bob.sendLine("/msg ann a secret").awaitLine("* to Ann alone: a secret");
      ann.awaitLine("* from " + bob.address() + ", to you alone: a secret");
      bob.sendLine("/msg nobody hm").awaitLine("! nobody here is called nobody");
      bob.sendLine("to all");
      assertThat(eve.awaitLine("2")).contains(bob.address());
      eve.sendLine("/search secret").awaitLine("* found in #lobby: 0");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void topicsHistoryAndSearch(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model);
        Client client = Client.present(server)) {
      client.sendLine("/topic").awaitLine("* #lobby has no topic");
      client.sendLine("/topic sockets").awaitLine("* topic: sockets");
      for (int i = 1; i <= 5; i++) {
        client.sendLine("message " + i).awaitLine("message " + i);
      }
      client.sendLine("/history 2");
      assertThat(client.awaitLine("message")).isEqualTo("message 4");
      assertThat(client.awaitLine("message")).isEqualTo("message 5");
      client.sendLine("/search SAGE 3");
      assertThat(client.awaitLine("message")).isEqualTo("message 3");
      assertThat(client.line()).isEqualTo("* found in #lobby: 1");
      client.sendLine("/history x").awaitLine("! expected /history [N]");
      client.sendLine("/nonsense").awaitLine("! unknown command /nonsense; /help lists them");
      client.sendLine("//etc").awaitLine("/etc");
      client.sendLine("/help").awaitLine("* /quit");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void nobodyIsInBeforeThePassword(IoModel model) throws Exception {
    try (Chat chat = Chat.open(FREE.withPassword("open sesame"));
        Server server = start(chat, model);
        Client guest = Client.of(server);
        Client thief = Client.of(server)) {
      guest.awaitLine("! this chat has a password");
      guest.sendLine("open sesame").awaitLine("* you are in");
      guest.sendLine("hello").awaitLine("hello");
      for (int i = 0; i < 3; i++) {
        thief.sendLine("guess");
      }
      assertThat(thief.rest()).contains("try again").endsWith("! wrong password\n");
    }
  }

  /** Everybody talks at once, and all hear the same in the same order. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void allHearOneOrder(IoModel model) throws Exception {
    int clients = 4;
    int each = 100;
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, model)) {
      List<Client> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(Client.of(server));
      }
      await().atMost(PATIENCE).until(() -> chat.members().size() == clients);
      for (int i = 0; i < each; i++) {
        for (int c = 0; c < clients; c++) {
          all.get(c).sendLine("m" + c + "-" + i);
        }
      }
      List<List<String>> heard = new ArrayList<>();
      for (Client client : all) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < clients * each) {
          client.line();
          texts.add(client.line());
        }
        heard.add(texts);
        client.close();
      }
      assertThat(heard.getFirst()).doesNotHaveDuplicates();
      assertThat(heard).allSatisfy(texts -> assertThat(texts).isEqualTo(heard.getFirst()));
    }
  }

  /** One that never reads is dropped, the others hear all, and are told. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void aMemberThatDoesNotReadIsDroppedAndTheRoomIsTold(IoModel model) throws Exception {
    String text = "x".repeat(4_000);
    try (Chat chat = Chat.open(FREE);
        Server server =
            Server.tcp(0, chat.handlers())
                .model(model)
                .sendBufferBytes(4_096)
                .outbox(OutboxLimits.DEFAULT.withBytes(256 * 1024))
                .start();
        Client slow = Client.of(server);
        Client reader = Client.of(server)) {
      await().atMost(PATIENCE).until(() -> chat.members().size() == 2);
      String notice = "* " + slow.address() + " was dropped: it did not read in time";
      boolean told = false;
      for (int said = 0; !told; said++) {
        assertThat(said).as("messages until it is dropped").isLessThan(10_000);
        reader.sendLine(text);
        String line;
        do {
          line = reader.line();
          told |= line.equals(notice);
        } while (!line.startsWith("x"));
      }
      reader.sendLine("still here").awaitLine("still here");
      assertThat(chat.members()).hasSize(1);
      assertThat(chat.stats().slowMembers()).isEqualTo(1);
    }
  }

  @Test
  void neutralisesWhatCouldHarmAReader() throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, IoModel.NIO);
        Client client = Client.of(server)) {
      client.send(new byte[] {'a', (byte) 0xff, 27, '[', '2', 'J', 0, 'b', '\r', '\n'});
      client.line();
      assertThat(client.line()).isEqualTo("a\uFFFD\u241B[2J\u2400b");
    }
  }

  @Test
  void tooLongALineIsNotSentAndTheNextOneIs() throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, IoModel.NIO);
        Client client = Client.of(server)) {
      client.sendLine("y".repeat(100_000)).sendLine("short");
      assertThat(client.line()).isEqualTo("! not sent: a line has at most 4096 bytes");
      client.awaitLine("short");
    }
  }

  @Test
  void limitsConnectionsAndMessagesOfAnAddress() throws Exception {
    try (Chat chat =
            Chat.open(ChatOptions.DEFAULT.withConnectionsPerAddress(2).withMessagesPerSecond(1));
        Server server = start(chat, IoModel.NIO);
        Client first = Client.of(server);
        Client second = Client.of(server)) {
      await().atMost(PATIENCE).until(() -> chat.members().size() == 2);
      try (Client third = Client.of(server)) {
        assertThat(third.rest()).isEqualTo("! too many connections from your address; at most 2\n");
      }
      first.send("m\n".repeat(50));
      assertThat(first.awaitLine("! ")).startsWith("! not sent: at most 1 messages a second");
      second.close();
      await().atMost(PATIENCE).until(() -> chat.members().size() == 1);
      try (Client fourth = Client.of(server)) {
        await().atMost(PATIENCE).until(() -> chat.members().size() == 2);
      }
    }
  }

  @Test
  void theOperatorSpeaksKicksAndBans() throws Exception {
    try (Chat chat = Chat.open(FREE);
        Server server = start(chat, IoModel.NIO);
        Client ann = Client.present(server);
        Client bob = Client.present(server)) {
      ann.sendLine("/nick Ann").awaitLine("* you are now");
      assertThat(chat.say(null, "welcome")).isEqualTo(1);
      assertThat(ann.awaitLine("2")).matches(TIME + "server");
      assertThat(ann.line()).isEqualTo("welcome");
      assertThat(chat.kick("nobody")).isFalse();
      assertThat(chat.kick("ann")).isTrue();
      assertThat(ann.rest()).endsWith("! you were sent away by the operator\n");
      assertThat(chat.ban("no address")).isEmpty();
      assertThat(chat.ban(bob.address())).contains("127.0.0.1");
      assertThat(bob.rest()).endsWith("! you are banned here\n");
      try (Client again = Client.of(server)) {
        assertThat(again.rest()).isEqualTo("! you are banned here\n");
      }
      assertThat(chat.banned()).containsExactly("127.0.0.1");
      assertThat(chat.unban("127.0.0.1")).isTrue();
      Client.present(server).close();
    }
  }

  @Test
  void whatCannotBeKeptIsNotDelivered() throws Exception {
    FailingHistory history = new FailingHistory();
    try (Chat chat = Chat.open(FREE, history);
        Server server = start(chat, IoModel.NIO);
        Client client = Client.of(server)) {
      history.isFull = true;
      client.sendLine("lost");
      assertThat(client.line()).isEqualTo("! not sent: the history cannot be written");
      history.isFull = false;
      client.sendLine("kept").awaitLine("kept");
    }
  }

  @Test
  void isRefusedWhereProcessesShareNothing() throws Exception {
    if (IoModel.PROCESS.availability().isAvailable()) {
      assertThatThrownBy(
              () -> Server.tcp(0, Services.named("chat").named()).model(IoModel.PROCESS).start())
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("share the members of its rooms, and its processes share nothing");
    }
  }

  private static Server start(Chat chat, IoModel model) throws Exception {
    return Server.tcp(0, chat.handlers()).model(model).start();
  }
}
