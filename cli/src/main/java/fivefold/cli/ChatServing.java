package fivefold.cli;

import fivefold.cli.console.ConsoleAction;
import fivefold.net.StreamHandler;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import fivefold.web.WebChat;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A chat that is being served.
 *
 * @param web for browsers; null for none
 * @param webPort theirs alone; null when they share the chat's
 */
record ChatServing(Chat chat, @Nullable WebChat web, @Nullable Integer webPort) implements Serving {

  static Serving open(ChatOptions options, WebFlags flags) throws IOException {
    flags.check();
    try {
      Chat chat = Chat.open(options);
      System.getLogger("fivefold.serve").log(Level.INFO, ChatFlags.text(options.history()));
      return of(chat, flags);
    } catch (IOException e) {
      throw new FailureException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A chat that is open, with what browsers are to have of it. */
  static ChatServing of(Chat chat, WebFlags flags) {
    WebChat web = flags.isWanted() ? WebChat.of(chat, flags.options()) : null;
    return new ChatServing(chat, web, flags.ownPort());
  }

  @Override
  public Supplier<? extends StreamHandler> handlers() {
    return web == null || webPort != null ? chat.handlers() : web.withLines();
  }

  @Override
  public Optional<Beside> beside() {
    return web == null || webPort == null
        ? Optional.empty()
        : Optional.of(new Beside("web", webPort, web.handlers()));
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
