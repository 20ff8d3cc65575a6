package fivefold.services.chat;

import fivefold.net.HandlerFactory;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes a chat with the default options; the reason why it cannot be made in many processes. */
public final class ChatFactory implements HandlerFactory {

  @Override
  public Supplier<StreamHandler> handlers(List<String> words) {
    try {
      return Chat.open(ChatOptions.DEFAULT).handlers();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> sharedState() {
    return Optional.of("the members of its rooms");
  }
}
