package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.cli.console.ConsoleAction;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class ChatConsoleTest {

  @Test
  void showsAndManagesAChat() throws Exception {
    try (Chat chat = Chat.open(ChatOptions.DEFAULT);
        Server server = Server.tcp(0, chat.handlers()).model(IoModel.NIO).start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      await().until(() -> chat.members().size() == 1);
      String name = "127.0.0.1:" + socket.getLocalPort();
      assertThat(typed(chat, "rooms", "")).contains("#lobby").endsWith("rooms: 1\n");
      assertThat(typed(chat, "members", "")).isEqualTo(name + "  #lobby\nmembers: 1\n");
      assertThat(typed(chat, "members", "#java")).isEqualTo("members: 0\n");
      assertThat(typed(chat, "say", "hello all")).isEqualTo("said in rooms: 1\n");
      assertThat(typed(chat, "say", "#java hello")).startsWith("nobody is there");
      assertThat(typed(chat, "say", "#java")).startsWith("expected say");
      assertThat(typed(chat, "stats", "")).containsPattern("messages +1\n");
      assertThat(typed(chat, "kick", "nobody")).startsWith("nobody is called 'nobody'");
      assertThat(typed(chat, "ban", name)).isEqualTo("127.0.0.1 is banned\n");
      assertThat(typed(chat, "ban", "")).isEqualTo("127.0.0.1\nbanned: 1\n");
      assertThat(typed(chat, "unban", "127.0.0.1")).endsWith("may come in again\n");
      assertThat(typed(chat, "unban", "127.0.0.1")).contains("is not banned");
      await().until(() -> chat.members().isEmpty());
    }
  }

  private static String typed(Chat chat, String word, String arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    for (ConsoleAction each : ChatConsole.actions(chat)) {
      if (each.word().equals(word)) {
        each.action().accept(arguments, out);
      }
    }
    return text.toString();
  }
}
