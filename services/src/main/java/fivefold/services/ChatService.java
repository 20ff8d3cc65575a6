package fivefold.services;

import fivefold.net.DatagramHandler;
import fivefold.net.NamedHandlers;
import fivefold.net.StreamHandler;
import fivefold.services.chat.ChatFactory;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Chat with its default options, its history in memory. {@link fivefold.services.chat.Chat} is for
 * all else.
 */
final class ChatService implements Service {

  @Override
  public String name() {
    return "chat";
  }

  @Override
  public String summary() {
    return "rooms of people who talk; what one says, all hear";
  }

  @Override
  public String defaultHost() {
    return "127.0.0.1";
  }

  @Override
  public int defaultPort() {
    return 9999;
  }

  @Override
  public Transport defaultTransport() {
    return Transport.TCP;
  }

  @Override
  public Set<Transport> transports() {
    return Set.of(Transport.TCP);
  }

  @Override
  public List<ServiceOption> options() {
    return List.of();
  }

  @Override
  public Service with(String option, String value) {
    throw Services.noSuchOption(this, option);
  }

  /** Each call opens a chat of its own. */
  @Override
  public Supplier<StreamHandler> streamHandlers(Style style) {
    return named(style);
  }

  @Override
  public DatagramHandler datagramHandler() {
    throw new UnsupportedOperationException("chat is for connections");
  }

  @Override
  public int replyBeyondBytes() {
    return 0;
  }

  @Override
  public NamedHandlers named(Style style) {
    if (style != Style.CALLBACK) {
      throw new IllegalArgumentException("chat has no style but callback; leave out --style");
    }
    return NamedHandlers.of(ChatFactory.class);
  }
}
