package guide;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import fivefold.services.chat.HistoryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A chat that remembers a month. Close the server, then the chat. */
record Talk(Chat chat) {
  static Talk open(Path file) throws IOException {
    return new Talk(
        Chat.open(
            ChatOptions.DEFAULT
                .withHistory(HistoryOptions.inFile(file).withAge(Duration.ofDays(30)))
                .withMessagesPerSecond(5)));
  }

  Server start(int port, IoModel model) throws IOException {
    return Server.tcp(port, chat.handlers()).model(model).start();
  }
}
