package fivefold.services;

import fivefold.net.DatagramHandler;
import fivefold.net.NamedHandlers;
import fivefold.net.StreamHandler;
import fivefold.net.style.Conversation;
import java.util.List;
import java.util.function.Supplier;

/** Echo: the tutorials' exercise, in upper case unless asked otherwise. */
final class EchoService implements Service {
  private static final String REPLY = "reply";

  private final Reply reply;

  EchoService(Reply reply) {
    this.reply = reply;
  }

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public String summary() {
    return "sends back what it receives, the ASCII letters a-z in upper case";
  }

  @Override
  public String defaultHost() {
    return "localhost";
  }

  @Override
  public int defaultPort() {
    return 8001;
  }

  @Override
  public Transport defaultTransport() {
    return Transport.TCP;
  }

  @Override
  public List<ServiceOption> options() {
    return List.of(new ServiceOption(REPLY, Reply.WORDS));
  }

  @Override
  public Service with(String option, String value) {
    if (!option.equals(REPLY)) {
      throw Services.noSuchOption(this, option);
    }
    return new EchoService(Reply.parse(value));
  }

  @Override
  public Supplier<StreamHandler> streamHandlers(Style style) {
    if (style == Style.STRAIGHT_LINE) {
      EchoConversation conversation = new EchoConversation(reply);
      return () -> Conversation.of(conversation);
    }
    StreamHandler shared = new EchoHandler(reply);
    return () -> shared;
  }

  @Override
  public DatagramHandler datagramHandler() {
    return (peer, datagram) -> peer.reply(reply.datagram(datagram));
  }

  @Override
  public int replyBeyondBytes() {
    return reply.addedBytes();
  }

  @Override
  public NamedHandlers named(Style style) {
    return NamedHandlers.of(ServiceFactory.class, name(), REPLY, reply.word(), style.word());
  }
}
