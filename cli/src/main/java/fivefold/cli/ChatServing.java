package fivefold.cli;

import fivefold.cli.console.ConsoleAction;
import fivefold.net.StreamHandler;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;

/** A chat that is being served. */
record ChatServing(Chat chat) implements Serving {

  static Serving open(ChatOptions options) throws IOException {
    try {
      Chat chat = Chat.open(options);
      System.getLogger("fivefold.serve").log(Level.INFO, ChatFlags.text(options.history()));
      return new ChatServing(chat);
    } catch (IOException e) {
      throw new FailureException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Supplier<? extends StreamHandler> handlers() {
    return chat.handlers();
  }

  @Override
  public List<ConsoleAction> console() {
    return ChatConsole.actions(chat);
  }

  @Override
  public void close() {
    chat.close();
  }
}
